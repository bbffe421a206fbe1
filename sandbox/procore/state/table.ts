type Key = string | number;

/**
 * Records by id with secondary look-ups. A stored record is never changed in place: `put`
 * replaces it, so a look-up can always undo what the old version had entered.
 */
export class Table<T extends { id: number }> {
	private readonly rows = new Map<number, T>();
	private readonly lookups: Record<string, Map<Key, Set<number>>> = {};

	constructor(private readonly keys: Record<string, (row: T) => Key | null>) {
		for (const name of Object.keys(keys)) this.lookups[name] = new Map();
	}

	get(id: unknown): T | undefined {
		return this.rows.get(Number(id));
	}

	all(): T[] {
		return [...this.rows.values()];
	}

	/** Records whose key `name` is `value`, in order of id. */
	by(name: string, value: Key | null): T[] {
		if (value === null) return [];
		const ids = this.lookups[name].get(value);
		if (!ids) return [];
		return [...ids].map((id) => this.rows.get(id)!).sort((a, b) => a.id - b.id);
	}

	put(row: T): void {
		this.remove(row.id);
		this.rows.set(row.id, row);
		for (const [name, keyOf] of Object.entries(this.keys)) {
			const key = keyOf(row);
			if (key === null) continue;
			const ids = this.lookups[name].get(key) ?? new Set<number>();
			ids.add(row.id);
			this.lookups[name].set(key, ids);
		}
	}

	remove(id: number): void {
		const row = this.rows.get(id);
		if (!row) return;
		this.rows.delete(id);
		for (const [name, keyOf] of Object.entries(this.keys)) {
			const key = keyOf(row);
			if (key === null) continue;
			const ids = this.lookups[name].get(key);
			ids?.delete(id);
			if (ids?.size === 0) this.lookups[name].delete(key);
		}
	}
}
