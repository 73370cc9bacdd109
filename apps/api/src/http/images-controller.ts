import type { Image } from '@boardwalk/contracts';
import { Controller, Req, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ImageStore } from '../images/image-store.ts';
import { invalid } from '../problems/problems.ts';
import { IMAGES } from '../routes/images.ts';
import type { TakenBy } from '../routes/row.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';
import { saidAbout } from './upload-fields.ts';

interface UploadedFile {
  readonly buffer: Buffer;
  readonly originalname: string;
}

@Controller()
export class ImagesController {
  constructor(private readonly images: ImageStore) {}

  @Route(IMAGES.uploadImage)
  async uploadImage(
    @Taken() { query }: TakenBy<typeof IMAGES.uploadImage>,
    @Req() request: Request & { file?: UploadedFile },
    @Res({ passthrough: true }) response: Response,
  ): Promise<Image> {
    const bytes: unknown = request.file?.buffer ?? request.body;
    if (!Buffer.isBuffer(bytes)) throw invalid('invalid:no-file', {}, '');
    const said = request.file ? saidAbout(query, request.body) : query;
    const { image, created } = await this.images.add({
      bytes: new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length),
      name: said.name ?? request.file?.originalname,
      ...(said.format ? { format: said.format } : {}),
      ...(said.raw === 'true' ? { raw: true } : {}),
      ...(said.at ? { at: parseInt(said.at, 16) } : {}),
      ...(said.moveTo ? { moveTo: parseInt(said.moveTo, 16) } : {}),
    });
    response.status(created ? 201 : 200);
    return image;
  }

  @Route(IMAGES.listImages)
  listImages(@Taken() { query }: TakenBy<typeof IMAGES.listImages>) {
    return this.images.list(query);
  }

  @Route(IMAGES.downloadImage)
  async downloadImage(@Taken() { params }: TakenBy<typeof IMAGES.downloadImage>): Promise<StreamableFile> {
    const { name, fileSha256 } = await this.images.get(params.id);
    const type = 'application/octet-stream';
    return new StreamableFile(await this.images.file(fileSha256), {
      type,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  }

  @Route(IMAGES.getImage)
  getImage(@Taken() { params }: TakenBy<typeof IMAGES.getImage>): Promise<Image> {
    return this.images.get(params.id);
  }
}
