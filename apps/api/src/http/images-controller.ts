import { Image, ImageQuery, ImageSummary, UploadImageQuery } from '@boardwalk/contracts';
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
import { ImageStore } from '../images/image-store.ts';
import { Created } from './created.ts';
import { ListRoute } from './list-route.ts';
import { IMAGE_CODES, MayAnswer } from './may-answer.ts';
import { saidAbout } from './upload-fields.ts';
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
      'The file as multipart file, or as the raw body. 201, or 200 when the same image is already there. The content decides the format.',
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
  @ApiExtension(RAW_BODY, 'the bytes of an Intel HEX, S-record, ELF or raw file')
  @MayAnswer(...IMAGE_CODES)
  @Created(Image, ({ id }) => ['images', id])
  @ApiOkResponse({ standardSchema: Image, description: 'the same image is here already' })
  async uploadImage(
    @Query({ schema: UploadImageQuery }) query: UploadImageQuery,
    @Req() request: Request & { file?: UploadedFile },
    @Res({ passthrough: true }) response: Response,
  ): Promise<Image> {
    const bytes: unknown = request.file?.buffer ?? request.body;
    if (!Buffer.isBuffer(bytes))
      throw invalid('The request has no file. Send it as multipart field "file", or as the body.', '');
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

  @ApiOperation({ summary: 'Images, the newest first, without their segments.' })
  @Get()
  @ListRoute(ImageSummary)
  listImages(@Query({ schema: ImageQuery }) query: ImageQuery) {
    return this.images.list(query);
  }

  @ApiOperation({
    summary:
      'A file of an image as it was uploaded, or a kept dump: the first one, or the one that is named.',
  })
  @Get(':id/file')
  @MayAnswer('ambiguous')
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'the bytes', schema: { type: 'string', format: 'binary' } })
  async downloadImage(@Param('id') id: string): Promise<StreamableFile> {
    const { name, fileSha256 } = await this.images.get(id);
    const type = 'application/octet-stream';
    return new StreamableFile(await this.images.file(fileSha256), {
      type,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  }

  @ApiOperation({ summary: 'An image with its segments and files, by its id or a file’s SHA-256.' })
  @Get(':id')
  @MayAnswer('ambiguous')
  @ApiOkResponse({ standardSchema: Image })
  getImage(@Param('id') id: string): Promise<Image> {
    return this.images.get(id);
  }
}
