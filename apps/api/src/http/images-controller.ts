import { Image, UploadImageQuery } from '@boardwalk/contracts';
import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiExtension,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
  ApiOperation,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { ImageStore } from '../images/image-store.ts';
import { Created } from './created.ts';
import { ListRoute } from './list-route.ts';
import { RAW_BODY } from './openapi-complete.ts';
import { invalid } from '../problems/problems.ts';

interface UploadedFile {
  readonly buffer: Buffer;
  readonly originalname: string;
}

@ApiTags('images')
@ApiBearerAuth()
@Controller('api/v1/images')
export class ImagesController {
  constructor(private readonly images: ImageStore) {}

  @ApiOperation({
    summary:
      'The file as multipart file, or as the raw body with ?name=. 201, or 200 when the content is known.',
  })
  @Post()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      properties: { file: { type: 'string', format: 'binary', example: 'the bytes of the file' } },
      required: ['file'],
    },
  })
  @ApiExtension(RAW_BODY, 'the bytes of a .bin, .hex, .srec or .elf file')
  @Created(Image, ({ id }) => ['images', id])
  @ApiOkResponse({ standardSchema: Image, description: 'the same content is here already' })
  async uploadImage(
    @Query({ schema: UploadImageQuery }) query: z.infer<typeof UploadImageQuery>,
    @Req() request: Request & { file?: UploadedFile },
    @Res({ passthrough: true }) response: Response,
  ): Promise<Image> {
    const bytes: unknown = request.file?.buffer ?? request.body;
    if (!Buffer.isBuffer(bytes))
      throw invalid('Send the file as multipart field "file", or as the body with ?name=.', '');
    const { image, created } = await this.images.add({
      bytes: new Uint8Array(bytes),
      name: query.name ?? request.file?.originalname ?? 'firmware.bin',
      ...(query.format ? { format: query.format } : {}),
      ...(query.at ? { address: parseInt(query.at, 16) } : {}),
    });
    response.status(created ? 201 : 200);
    return image;
  }

  @ApiOperation({ summary: 'Every image, the newest first.' })
  @Get()
  @ListRoute(Image)
  async listImages() {
    return { data: await this.images.list(), nextCursor: null };
  }

  @ApiOperation({ summary: 'The file as it was uploaded, or a kept dump.' })
  @Get(':id/file')
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'the bytes', schema: { type: 'string', format: 'binary' } })
  async downloadImage(@Param('id') id: string): Promise<StreamableFile> {
    const { name } = await this.images.get(id);
    const type = 'application/octet-stream';
    return new StreamableFile(this.images.read(id), {
      type,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  }

  @ApiOperation({ summary: 'What an image holds: its segments and sizes.' })
  @Get(':id')
  @ApiOkResponse({ standardSchema: Image })
  getImage(@Param('id') id: string): Promise<Image> {
    return this.images.get(id);
  }
}
