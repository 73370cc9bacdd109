import { LIVE_NAMESPACE, LIVE_PATH, Subscribe, type StationEvent } from '@boardwalk/contracts';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
} from '@nestjs/websockets';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Socket } from 'socket.io';
import { AccountDesk } from '../accounts/account-desk.ts';
import { Accounts } from '../accounts/accounts.ts';
import { bearerOf } from '../accounts/bearer.ts';
import { ROLE_MAY } from '../accounts/permissions.ts';
import { EventLog } from './event-log.ts';
import { Generations } from './generations.ts';
import { LiveProgress } from './live-progress.ts';

const PAGE = 500;
/** How often open pages are held against the accounts: one may expire, or be revoked from the command line. */
const LOOK_MS = 1000;

/** One client's place in the event log: everything up to `sent` it has, in order and once. */
interface Follower {
  sent: number;
  catchingUp: boolean;
}

/**
 * `/live`: a client subscribes with the id of the last event it has, gets what it missed, then what happens. The
 * log itself is what is sent: a new event only wakes the followers, so none is lost, doubled or out of order.
 */
@WebSocketGateway({ path: LIVE_PATH, namespace: LIVE_NAMESPACE, serveClient: false })
export class LiveGateway implements OnGatewayConnection, OnGatewayDisconnect, OnModuleDestroy {
  readonly #sockets = new Set<Socket>();
  readonly #clock = setInterval(() => this.#look(), LOOK_MS);
  readonly #followers = new Map<Socket, Follower>();

  constructor(
    private readonly events: EventLog,
    private readonly generations: Generations,
    progress: LiveProgress,
    private readonly accounts: Accounts,
    desk: AccountDesk,
  ) {
    desk.onChange(() => this.#look());
    events.onEvent(() => this.#wake());
    progress.onProgress((event) => {
      for (const socket of this.#followers.keys()) socket.volatile.emit(event.type, event);
    });
  }

  handleConnection(socket: Socket): void {
    const given: unknown = (socket.handshake.auth as { token?: unknown }).token;
    const token = typeof given === 'string' ? given : bearerOf(socket.handshake.headers.authorization);
    (socket.data as { token?: string | undefined }).token = token;
    this.#sockets.add(socket);
    if (!this.#mayLook(socket)) this.#turnAway(socket);
  }

  /** Turns away whose account ended while the page was open. */
  #look(): void {
    for (const socket of this.#sockets) if (!this.#mayLook(socket)) this.#turnAway(socket);
  }

  onModuleDestroy(): void {
    clearInterval(this.#clock);
  }

  /** Asked again with every event too, so that nobody hears of what came after the end of the account. */
  #mayLook(socket: Socket): boolean {
    const { token } = socket.data as { token?: string };
    const caller = token === undefined ? null : this.accounts.byToken(token);
    return caller !== null && ROLE_MAY[caller.role].includes('look');
  }

  #turnAway(socket: Socket): void {
    this.#sockets.delete(socket);
    this.#followers.delete(socket);
    socket.emit('problem', { code: 'unauthorized', detail: 'Send a token that holds as auth.token.' });
    socket.disconnect(true);
  }

  handleDisconnect(socket: Socket): void {
    this.#sockets.delete(socket);
    this.#followers.delete(socket);
  }

  @SubscribeMessage('subscribe')
  async subscribe(@ConnectedSocket() socket: Socket, @MessageBody() body: unknown): Promise<void> {
    const parsed = Subscribe.safeParse(body ?? {});
    if (!parsed.success) {
      socket.emit('problem', {
        code: 'invalid',
        detail: 'subscribe takes { after?: event id, generation? }.',
      });
      return;
    }
    const refusal = await this.generations.refusal(parsed.data);
    if (refusal !== null) {
      socket.emit('problem', { code: 'generation-changed', detail: refusal });
      return;
    }
    const sent = parsed.data.after ?? (await this.events.lastId());
    this.#followers.set(socket, { sent, catchingUp: false });
    socket.emit('subscribed', { after: sent, generation: this.generations.current });
    this.#wake();
  }

  #wake(): void {
    for (const [socket, follower] of this.#followers) {
      if (!this.#mayLook(socket)) this.#turnAway(socket);
      else if (!follower.catchingUp) void this.#follow(socket, follower);
    }
  }

  async #follow(socket: Socket, follower: Follower): Promise<void> {
    follower.catchingUp = true;
    try {
      for (;;) {
        const page: StationEvent[] = await this.events.after(follower.sent, PAGE);
        if (page.length === 0 || !this.#followers.has(socket)) return;
        for (const event of page) {
          socket.emit(event.type, event);
          follower.sent = event.id;
        }
      }
    } finally {
      follower.catchingUp = false;
    }
  }
}
