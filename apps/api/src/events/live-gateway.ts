import { LIVE_NAMESPACE, LIVE_PATH, Subscribe, type StationEvent } from '@boardwalk/contracts';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
} from '@nestjs/websockets';
import type { Socket } from 'socket.io';
import { StationToken } from '../http/token-guard.ts';
import { EventLog } from './event-log.ts';
import { LiveProgress } from './live-progress.ts';

const PAGE = 500;

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
export class LiveGateway implements OnGatewayConnection, OnGatewayDisconnect {
  readonly #followers = new Map<Socket, Follower>();

  constructor(
    private readonly events: EventLog,
    progress: LiveProgress,
    private readonly token: StationToken,
  ) {
    events.onEvent(() => this.#wake());
    progress.onProgress((event) => {
      for (const socket of this.#followers.keys()) socket.volatile.emit(event.type, event);
    });
  }

  handleConnection(socket: Socket): void {
    const given: unknown = (socket.handshake.auth as { token?: unknown }).token;
    const header = /^Bearer (\S+)$/i.exec(socket.handshake.headers.authorization ?? '')?.[1];
    const token = typeof given === 'string' ? given : header;
    if (token !== undefined && this.token.is(token)) return;
    socket.emit('problem', { code: 'unauthorized', detail: 'Send the station’s token as auth.token.' });
    socket.disconnect(true);
  }

  handleDisconnect(socket: Socket): void {
    this.#followers.delete(socket);
  }

  @SubscribeMessage('subscribe')
  async subscribe(@ConnectedSocket() socket: Socket, @MessageBody() body: unknown): Promise<void> {
    const parsed = Subscribe.safeParse(body ?? {});
    if (!parsed.success) {
      socket.emit('problem', { code: 'invalid', detail: 'subscribe takes { after?: event id }.' });
      return;
    }
    const sent = parsed.data.after ?? (await this.events.lastId());
    this.#followers.set(socket, { sent, catchingUp: false });
    socket.emit('subscribed', { after: sent });
    this.#wake();
  }

  #wake(): void {
    for (const [socket, follower] of this.#followers)
      if (!follower.catchingUp) void this.#follow(socket, follower);
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
