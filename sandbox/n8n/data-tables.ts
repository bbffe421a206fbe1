import type { N8nClient } from './n8n-client';

export type TableRow = { id: number; createdAt: string; updatedAt: string } & Record<
	string,
	unknown
>;

/** Which rows: every column equals its value. */
export type Match = Record<string, string | number | boolean | null>;

/** n8n's Data Tables by their exact name, as a person editing the grid sees them. */
export class DataTables {
	private readonly ids = new Map<string, string>();

	constructor(private readonly client: N8nClient) {}

	/** All rows, oldest first; none when the table does not exist yet. */
	async rows<Row = TableRow>(table: string, match?: Match): Promise<Row[]> {
		const id = await this.find(table);
		if (id === null) return [];
		const rows: Row[] = [];
		let cursor: string | null = null;
		do {
			const query = new URLSearchParams({ limit: '250' });
			if (cursor) query.set('cursor', cursor);
			else query.set('sortBy', 'id:asc');
			if (match && !cursor) query.set('filter', JSON.stringify(filterOf(match)));
			const page: { data: Row[]; nextCursor: string | null } = await this.client.api(
				'GET',
				`/data-tables/${id}/rows?${query}`,
			);
			rows.push(...page.data);
			cursor = page.nextCursor;
		} while (cursor);
		return rows;
	}

	async insert(table: string, rows: Array<Record<string, unknown>>): Promise<void> {
		await this.client.api('POST', `/data-tables/${await this.existing(table)}/rows`, {
			data: rows,
			returnType: 'count',
		});
	}

	/** Changes the cells of `data` in every matching row; returns how many rows there were. */
	async update(table: string, match: Match, data: Record<string, unknown>): Promise<number> {
		const changed = await this.client.api<unknown[]>(
			'PATCH',
			`/data-tables/${await this.existing(table)}/rows/update`,
			{ filter: filterOf(match), data, returnData: true },
		);
		return changed.length;
	}

	async delete(table: string, match: Match): Promise<void> {
		const query = new URLSearchParams({ filter: JSON.stringify(filterOf(match)) });
		await this.client.api(
			'DELETE',
			`/data-tables/${await this.existing(table)}/rows/delete?${query}`,
		);
	}

	/** Empties the table; nothing happens when there is none. */
	async clear(table: string): Promise<void> {
		const id = await this.find(table);
		if (id === null) return;
		const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'gt', value: 0 }] };
		const query = new URLSearchParams({ filter: JSON.stringify(filter) });
		await this.client.api('DELETE', `/data-tables/${id}/rows/delete?${query}`);
	}

	/** Id of the table with exactly this name: n8n itself searches by part of a name. */
	async find(name: string): Promise<string | null> {
		const known = this.ids.get(name);
		if (known) return known;
		const filter = encodeURIComponent(JSON.stringify({ name }));
		const { data } = await this.client.api<{ data: Array<{ id: string; name: string }> }>(
			'GET',
			`/data-tables?limit=100&filter=${filter}`,
		);
		const id = data.find((table) => table.name === name)?.id ?? null;
		if (id !== null) this.ids.set(name, id);
		return id;
	}

	private async existing(name: string): Promise<string> {
		const id = await this.find(name);
		if (id === null) throw new Error(`There is no data table named ${name}.`);
		return id;
	}
}

function filterOf(match: Match) {
	return {
		type: 'and',
		filters: Object.entries(match).map(([columnName, value]) => ({
			columnName,
			condition: 'eq',
			value,
		})),
	};
}
