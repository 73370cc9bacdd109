import type { IdentityModel } from '@boardwalk/contracts';
import { identityModel } from '@boardwalk/identity';
import { Controller } from '@nestjs/common';
import { IDENTITY_MODEL } from '../routes/identity.ts';
import { Route } from './route.ts';

@Controller()
export class IdentityController {
  @Route(IDENTITY_MODEL.getIdentityModel)
  getIdentityModel(): IdentityModel {
    return identityModel();
  }
}
