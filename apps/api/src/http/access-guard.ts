import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { nameCaller } from '../events/caller.ts';
import type { FrontDoor } from './front-door.ts';
import { rowOf } from './row-of.ts';

/** Asks the door again by the row of the handler that really answers, and names the caller for the record. */
export class AccessGuard implements CanActivate {
  constructor(private readonly door: FrontDoor) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    // A handler without a row is for admins alone.
    const caller = await this.door.admit(request, rowOf(context)?.may ?? 'administer');
    if (caller) nameCaller(caller.actor, caller.role);
    return true;
  }
}
