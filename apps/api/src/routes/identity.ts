import { IdentityModel } from '@boardwalk/contracts';
import { one } from './answer.ts';
import { resource } from './row.ts';

export const IDENTITY_MODEL = resource('identity', {
  getIdentityModel: {
    method: 'GET',
    path: '/api/v1/identity/model',
    summary: 'How the station judges what a chip is: each weight with its grade and its public source.',
    may: 'look',
    answers: one(IdentityModel),
  },
});
