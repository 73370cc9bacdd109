'use client';
import type { Image, ImageSummary } from '@boardwalk/contracts';
import type { WidgetProps } from '@rjsf/utils';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../src/session.ts';
import { sentenceOf } from '../../src/station-api.ts';

/** An image as people tell it from another: its name and the beginning of its SHA-256. */
export function imageWords({ id, name, bytes }: ImageSummary): string {
  return `${name} · ${id.slice(0, 8)} · ${bytes.toLocaleString('en')} bytes`;
}

export function useImages() {
  const { api } = useSession();
  return useQuery({
    queryKey: ['images'],
    queryFn: () => api.get<{ data: ImageSummary[] }>('/images?limit=500'),
  });
}

/** Picks one of the station's images, or uploads another. */
export function ImageWidget({ id, value, onChange, required }: WidgetProps) {
  const session = useSession();
  const queries = useQueryClient();
  const { data } = useImages();
  const [said, setSaid] = useState<string | null>(null);
  const [raw, setRaw] = useState(false);
  const upload = async (file: File): Promise<void> => {
    setSaid(`Uploading ${file.name} …`);
    try {
      const query = `name=${encodeURIComponent(file.name)}${raw ? '&raw=true' : ''}`;
      const { body } = await session.api.call<Image>(`/images?${query}`, { method: 'POST', body: file });
      await queries.invalidateQueries({ queryKey: ['images'] });
      onChange(body.id);
      setSaid(null);
    } catch (failure) {
      setSaid(sentenceOf(failure));
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <select
        id={id}
        className="form-control"
        required={required}
        value={(value as string | undefined) ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
      >
        <option value="">choose an image</option>
        {(data?.data ?? []).map((image) => (
          <option key={image.id} value={image.id}>
            {imageWords(image)}
          </option>
        ))}
      </select>
      {session.may('upload-images') && (
        <>
          <label className="text-base">
            or upload one:{' '}
            <input
              type="file"
              className="max-w-full"
              onChange={({ target }) => {
                const [file] = target.files ?? [];
                if (file) void upload(file);
                target.value = '';
              }}
            />
          </label>
          <label className="text-base">
            <input type="checkbox" checked={raw} onChange={({ target }) => setRaw(target.checked)} /> take its
            bytes as they are, without a vector table
          </label>
        </>
      )}
      {said && (
        <p role="status" className="font-semibold">
          {said}
        </p>
      )}
    </div>
  );
}
