import type { Deadline } from './deadline';
import type { PinnedConnection } from './pinned-connection';

/**
 * Lends each connection to one request at a time, at most `size` at once; callers beyond that wait
 * in line. Idle connections are kept by origin, the most recently used first: the others age out.
 */
export class ConnectionPool {
	private readonly idle: Array<{ origin: string; connection: PinnedConnection }> = [];
	private readonly waiting: Array<() => void> = [];
	private readonly lent = new Set<PinnedConnection>();
	private slots = 0;

	constructor(
		private readonly size: number,
		private readonly open: (url: URL, deadline: Deadline) => Promise<PinnedConnection>,
	) {}

	/**
	 * Borrows a connection to the URL's origin. `fresh` asks for a new one, because an idle one has
	 * just proved stale.
	 */
	async acquire(url: URL, fresh: boolean, deadline: Deadline): Promise<PinnedConnection> {
		await this.takeSlot(deadline);
		try {
			const kept = fresh ? undefined : this.takeIdle(url.origin);
			if (kept === undefined) this.makeRoom();
			const connection = kept ?? (await this.open(url, deadline));
			this.lent.add(connection);
			return connection;
		} catch (error) {
			this.freeSlot();
			throw error;
		}
	}

	/** Gives a borrowed connection back. */
	release(url: URL, connection: PinnedConnection): void {
		this.lent.delete(connection);
		if (connection.usable) this.idle.push({ origin: url.origin, connection });
		else connection.destroy();
		this.freeSlot();
	}

	close(): void {
		for (const { connection } of this.idle.splice(0)) connection.destroy();
		for (const connection of this.lent) connection.destroy();
	}

	private takeIdle(origin: string): PinnedConnection | undefined {
		for (let index = this.idle.length - 1; index >= 0; index -= 1) {
			const { origin: its, connection } = this.idle[index];
			if (!connection.usable) {
				this.idle.splice(index, 1);
				connection.destroy();
			} else if (its === origin) {
				this.idle.splice(index, 1);
				return connection;
			}
		}
		return undefined;
	}

	/** Idle connections count against the size too; the longest idle one makes room. */
	private makeRoom(): void {
		while (this.idle.length > 0 && this.slots + this.idle.length > this.size) {
			this.idle.shift()?.connection.destroy();
		}
	}

	private takeSlot(deadline: Deadline): Promise<void> {
		deadline.throwIfOver();
		if (this.slots < this.size) {
			this.slots += 1;
			return Promise.resolve();
		}
		return new Promise((resolve, reject) => {
			const wake = () => {
				unsubscribe();
				resolve();
			};
			const unsubscribe = deadline.onOver((reason) => {
				const index = this.waiting.indexOf(wake);
				if (index >= 0) this.waiting.splice(index, 1);
				reject(reason);
			});
			this.waiting.push(wake);
		});
	}

	/** Hands the slot to the next in line, or puts it back. */
	private freeSlot(): void {
		const next = this.waiting.shift();
		if (next === undefined) this.slots -= 1;
		else next();
	}
}
