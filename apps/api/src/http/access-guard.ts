import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ruleOf } from '../accounts/route-rules.ts';
import { nameCaller } from '../events/caller.ts';
import type { FrontDoor } from './front-door.ts';

/** Asks the door again by the route that really answers, and names the caller for the record. */
export class AccessGuard implements CanActivate {
  constructor(private readonly door: FrontDoor) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const { path } = request.route as { path: string };
    const caller = await this.door.admit(request, ruleOf(request.method, path));
    if (caller) nameCaller(caller.actor, caller.role);
    return true;
  }
}
