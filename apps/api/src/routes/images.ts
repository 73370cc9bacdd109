import { Image, ImageQuery, ImageSummary, UploadImageQuery } from '@boardwalk/contracts';
import { listed, made, one } from './answer.ts';
import { IMAGE_CODES } from './refuses.ts';
import { resource } from './row.ts';

const BYTES = { type: 'string', format: 'binary' };

export const IMAGES = resource('images', {
  uploadImage: {
    method: 'POST',
    path: '/api/v1/images',
    summary:
      'The file as multipart file, or as the raw body. 201, or 200 when the same image is already there. The content decides the format.',
    may: 'upload-images',
    query: UploadImageQuery,
    media: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: { file: { ...BYTES, example: 'the bytes of the file' } },
          required: ['file'],
        },
        example: { file: 'the bytes of the file' },
      },
      'application/octet-stream': {
        schema: BYTES,
        example: 'the bytes of an Intel HEX, S-record, ELF or raw file',
      },
    },
    // An image for the largest F1 in its most verbose form is below this.
    bodyBytes: 16 * 1024 * 1024,
    answers: [made(Image, ({ id }) => ['images', id]), one(Image, 'the same image is here already')],
    refuses: IMAGE_CODES,
  },
  listImages: {
    method: 'GET',
    path: '/api/v1/images',
    summary: 'Images, the newest first, without their segments.',
    may: 'look',
    query: ImageQuery,
    answers: listed(ImageSummary),
  },
  getImage: {
    method: 'GET',
    path: '/api/v1/images/:id',
    summary: 'An image with its segments and files, by its id or a file’s SHA-256.',
    may: 'look',
    answers: one(Image),
    refuses: ['ambiguous'],
  },
  downloadImage: {
    method: 'GET',
    path: '/api/v1/images/:id/file',
    summary:
      'A file of an image as it was uploaded, or a kept dump: the first one, or the one that is named.',
    may: 'read-firmware',
    answers: {
      status: 200,
      description: 'the bytes',
      media: { 'application/octet-stream': { schema: BYTES, example: 'the bytes of the file' } },
    },
    refuses: ['ambiguous'],
  },
});
