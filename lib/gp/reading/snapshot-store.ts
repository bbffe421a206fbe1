import { randomBytes } from 'node:crypto';
import type { Effects } from '../../model/effects';

/** How long a listing waits for its next batch, milliseconds. */
const LIFETIME_MS = 30 * 60_000;
/** Listings kept at once; the oldest goes first. */
const MOST = 16;

/**
 * Listings on which runs of this process work off their batches, so that a server which ignores
 * paging is listed once per run, not once per batch. Losing one costs a new listing, nothing else.
 */
export class SnapshotStore<Snapshot> {
	private readonly entries = new Map<
		string,
		{ snapshot: Snapshot; owner: string; expires: number }
	>();

	/** Keeps a listing; only the same owner (server, company, entity) gets it back. */
	put(snapshot: Snapshot, owner: string, effects: Effects): string {
		this.dropExpired(effects.now());
		while (this.entries.size >= MOST) this.entries.delete(this.entries.keys().next().value!);
		const token = randomBytes(12).toString('hex');
		this.entries.set(token, { snapshot, owner, expires: effects.now() + LIFETIME_MS });
		return token;
	}

	/** The listing, its life prolonged; null when it is gone. */
	get(token: string, owner: string, effects: Effects): Snapshot | null {
		this.dropExpired(effects.now());
		const entry = this.entries.get(token);
		if (!entry || entry.owner !== owner) return null;
		entry.expires = effects.now() + LIFETIME_MS;
		return entry.snapshot;
	}

	delete(token: string): void {
		this.entries.delete(token);
	}

	get size(): number {
		return this.entries.size;
	}

	private dropExpired(now: number): void {
		for (const [token, { expires }] of this.entries) if (expires <= now) this.entries.delete(token);
	}
}
