import { CERTIFICATE_FORMATS, type StationKey } from '@boardwalk/contracts';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { certificatePage } from '../certificates/certificate-page.ts';
import { CertificateReader } from '../certificates/certificate-reader.ts';
import { drawQrCode } from '../certificates/qr-code.ts';
import { CERTIFICATES } from '../routes/certificates.ts';
import type { TakenBy } from '../routes/row.ts';
import type { Configuration } from '../settings/configuration.ts';
import { CONFIGURATION } from '../settings/tokens.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

/** The page loads nothing and runs nothing. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

@Controller()
export class CertificatesController {
  constructor(
    private readonly certificates: CertificateReader,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  @Route(CERTIFICATES.getCertificate)
  async getCertificate(
    @Taken() { params, query }: TakenBy<typeof CERTIFICATES.getCertificate>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { by, format = request.accepts([...CERTIFICATE_FORMATS]) } = query;
    const certificate = await this.certificates.of(params.id, { by });
    response.vary('Accept');
    if (format !== 'html') return certificate;
    response.type('text/html; charset=utf-8').setHeader('content-security-policy', PAGE_POLICY);
    return certificatePage(certificate, this.configuration.timeZone, drawQrCode);
  }

  @Route(CERTIFICATES.getStationKey)
  getStationKey(): StationKey {
    return this.certificates.key.shown;
  }
}
