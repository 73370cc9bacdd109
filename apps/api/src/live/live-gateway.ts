import {
  LIVE_NAMESPACE,
  LIVE_PATH,
  LIVE_REPLAY_EVENTS,
  said,
  Subscribe,
  toldTo,
  type LiveProblem,
  type Refusal,
  type SentenceKey,
  type ValuesOf,
} from '@boardwalk/contracts';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { OnModuleDestroy } from '@nestjs/common';
import { ipKeyGenerator } from 'express-rate-limit';
import type { Namespace, Socket } from 'socket.io';
import { AccountDesk } from '../accounts/account-desk.ts';
import { Accounts } from '../accounts/accounts.ts';
import { AttemptBudget } from '../accounts/attempt-budget.ts';
import { bearerOf } from '../accounts/bearer.ts';
import { EventLog } from '../events/event-log.ts';
import { acknowledged, hangUp, PagePump, taken } from './live-flow.ts';
import { Generations } from '../events/generations.ts';
import { LiveProgress } from '../events/live-progress.ts';

const PAGE = 100;
/** How often open pages are held against the accounts: one may expire, or be revoked from the command line. */
const LOOK_MS = 1000;
/** Open pages of one address: a hall with one proxy has fewer. */
export const PAGES_PER_ADDRESS = 64;
/** A page subscribes once for each time that it connects. */
export const SUBSCRIBES_PER_MINUTE = 10;

/** A message of a client is a few words; a client that joins nothing is let go. */
const ENGINE = { maxHttpBufferSize: 16 * 1024, connectTimeout: 5000 };

const SUBSCRIBE_SHAPE = '{ after?: event id, acknowledge?: true or false, generation? }';

type LiveSentence = Extract<SentenceKey, `${LiveProblem['code']}${'' | `:${string}`}`>;

/** A refusal as the event `problem` has it, for the people who work on the client. */
const problemOf = (refusal: Pick<Refusal, 'code' | 'message' | 'remedy'>): LiveProblem => ({
  code: refusal.code as LiveProblem['code'],
  detail: toldTo(refusal, 'engineer'),
});
const problem = <const Key extends LiveSentence>(key: Key, values: ValuesOf<Key>): LiveProblem =>
  problemOf(said(key, values));

/** One client's place in the event log: everything up to `sent` it has, in order and once. */
interface Follower {
  sent: number;
  /** The end of the events that it missed. */
  readonly missedTo: number;
  readonly acknowledges: boolean;
  sending: boolean;
  /** Something happened while a page was on its way. */
  again: boolean;
}

/**
 * `/live`: a client subscribes with the id of the last event it has, gets what it missed, then what happens. The
 * log itself is what is sent: a new event only wakes the followers, so none is lost, doubled or out of order. A client
 * gets the next page when it took the one before, so what waits for it in memory is one page.
 */
@WebSocketGateway({ path: LIVE_PATH, namespace: LIVE_NAMESPACE, serveClient: false, ...ENGINE })
export class LiveGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect, OnModuleDestroy {
  readonly #sockets = new Set<Socket>();
  readonly #clock = setInterval(() => this.#look(), LOOK_MS);
  readonly #followers = new Map<Socket, Follower>();
  readonly #pump = new PagePump();
  readonly #subscribes = new AttemptBudget(SUBSCRIBES_PER_MINUTE);

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

  /** The root namespace has nothing and lets nobody in. */
  afterInit(live: Namespace): void {
    live.server
      .of('/')
      .use((_socket, next) => next(new Error(`Connect to the namespace ${LIVE_NAMESPACE}.`)));
  }

  handleConnection(socket: Socket): void {
    const given: unknown = (socket.handshake.auth as { token?: unknown }).token;
    const token = typeof given === 'string' ? given : bearerOf(socket.handshake.headers.authorization);
    (socket.data as { token?: string | undefined }).token = token;
    if (!this.#mayLook(socket)) return this.#turnAway(socket);
    const address = addressOf(socket);
    const others = [...this.#sockets].filter((other) => addressOf(other) === address);
    if (others.length >= PAGES_PER_ADDRESS)
      return this.#turnAway(socket, problem('too-many:pages', { most: PAGES_PER_ADDRESS }));
    this.#sockets.add(socket);
  }

  /** Turns away pages whose account ended while they were open. */
  #look(): void {
    for (const socket of this.#sockets) if (!this.#mayLook(socket)) this.#turnAway(socket);
  }

  onModuleDestroy(): void {
    clearInterval(this.#clock);
    this.#subscribes.dispose();
  }

  /** Asked again with every event too, so that nobody hears of what came after the end of the account. */
  #mayLook(socket: Socket): boolean {
    const { token } = socket.data as { token?: string };
    return token !== undefined && this.accounts.byToken(token)?.may.includes('look') === true;
  }

  #turnAway(socket: Socket, why: LiveProblem = problem('unauthorized:live', {})): void {
    this.handleDisconnect(socket);
    socket.emit('problem', why);
    socket.disconnect(true);
  }

  handleDisconnect(socket: Socket): void {
    this.#sockets.delete(socket);
    this.#followers.delete(socket);
  }

  @SubscribeMessage('subscribe')
  async subscribe(@ConnectedSocket() socket: Socket, @MessageBody() body: unknown): Promise<void> {
    const parsed = Subscribe.safeParse(body ?? {});
    const refuse = (why: LiveProblem): void => void socket.emit('problem', why);
    if (!parsed.success) return refuse(problem('invalid:subscribe', { shape: SUBSCRIBE_SHAPE }));
    if (!(await this.#subscribes.take(socket.id)))
      return this.#turnAway(socket, problem('too-many:subscribes', { most: SUBSCRIBES_PER_MINUTE }));
    const refusal = await this.generations.refusal(parsed.data);
    if (refusal !== null) return refuse(problemOf(refusal));
    const lastEventId = await this.events.lastId();
    const { after: sent = lastEventId, acknowledge: acknowledges = false } = parsed.data;
    if (lastEventId - sent > LIVE_REPLAY_EVENTS)
      return refuse({
        ...problem('too-far-back', { event: sent, most: LIVE_REPLAY_EVENTS }),
        lastEventId,
      });
    // Closed or turned away meanwhile.
    if (!this.#sockets.has(socket)) return;
    this.#followers.set(socket, { sent, missedTo: lastEventId, acknowledges, sending: false, again: false });
    socket.emit('subscribed', { after: sent, generation: this.generations.current });
    this.#wake();
  }

  #wake(): void {
    for (const [socket, follower] of this.#followers) {
      if (!this.#mayLook(socket)) this.#turnAway(socket);
      else if (follower.sending) follower.again = true;
      else void this.#follow(socket, follower);
    }
  }

  async #follow(socket: Socket, follower: Follower): Promise<void> {
    follower.sending = true;
    try {
      do {
        follower.again = false;
        while (await this.#sendPage(socket, follower)) continue;
      } while (follower.again);
    } catch {
      // The log cannot be read now; the next event or the client's next subscribe tries again.
    } finally {
      follower.sending = false;
    }
  }

  /** @returns whether there may be more */
  async #sendPage(socket: Socket, follower: Follower): Promise<boolean> {
    const missed = follower.sent < follower.missedTo;
    const sent = await this.#pump.next(async () => {
      const page = await this.events.after(follower.sent, PAGE);
      // Another subscribe of the same client has taken over, or the client is gone.
      if (this.#followers.get(socket) !== follower || !this.#mayLook(socket)) return 0;
      for (const event of page) socket.emit(event.type, event);
      follower.sent = page.at(-1)?.id ?? follower.sent;
      // Rows that only the audit shows are not sent: the last of what it missed may be one.
      if (page.length < PAGE) follower.sent = Math.max(follower.sent, follower.missedTo);
      return page.length;
    });
    if (sent === 0) return false;
    const page = { to: follower.sent, events: sent, more: follower.sent < follower.missedTo };
    const read = missed && follower.acknowledges ? await acknowledged(socket, page) : await taken(socket);
    // Nothing is said to a client that does not read.
    if (!read && this.#followers.get(socket) === follower) {
      this.handleDisconnect(socket);
      hangUp(socket);
    }
    return read;
  }
}

/** An IPv6 address counts as its /56: who has one address of it has all. */
function addressOf(socket: Socket): string {
  return ipKeyGenerator(socket.handshake.address);
}
