import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { TableName, Tables } from './records';
import { Table } from './table';

/** Rows by table and id; null = removed. */
export type JournalEntry = Array<[TableName, number, Tables[TableName] | null]>;

const FIRST_ID = 562949953500001;

/**
 * Everything the stand-in knows, with a journal: each committed write is one appended line of
 * JSON, so a kill -9 leaves either the whole write or, as a torn last line, none of it.
 */
export class Store {
	readonly projects = new Table<Tables['projects']>({ origin: (row) => row.origin_id });
	readonly vendors = new Table<Tables['vendors']>({ origin: (row) => row.origin_id });
	readonly costCodes = new Table<Tables['costCodes']>({
		origin: (row) => row.origin_id,
		project: (row) => row.project_id,
		parent: (row) => row.parent_id,
		code: (row) => `${row.project_id}/${row.parent_id ?? ''}/${row.code}`,
	});
	readonly standardCostCodeLists = new Table<Tables['standardCostCodeLists']>({});
	readonly standardCostCodes = new Table<Tables['standardCostCodes']>({
		origin: (row) => row.origin_id,
		list: (row) => row.standard_cost_code_list_id,
		parent: (row) => row.parent_id,
	});
	readonly lineItemTypes = new Table<Tables['lineItemTypes']>({ origin: (row) => row.origin_id });
	readonly taxCodes = new Table<Tables['taxCodes']>({ origin: (row) => row.origin_id });
	readonly wbsCodes = new Table<Tables['wbsCodes']>({
		project: (row) => row.project_id,
		pair: (row) => `${row.cost_code_id}/${row.line_item_type_id}`,
		costCode: (row) => row.cost_code_id,
	});
	readonly directCosts = new Table<Tables['directCosts']>({
		origin: (row) => row.origin_id,
		project: (row) => row.project_id,
		invoice: (row) =>
			row.invoice_number === null || row.deleted_at
				? null
				: `${row.project_id}/${row.vendor_id}/${row.invoice_number}`,
	});
	readonly directCostLines = new Table<Tables['directCostLines']>({
		origin: (row) => row.origin_id,
		project: (row) => row.project_id,
		directCost: (row) => row.direct_cost_id,
	});
	readonly commitments = new Table<Tables['commitments']>({
		origin: (row) => row.origin_id,
		project: (row) => row.project_id,
	});
	readonly commitmentLines = new Table<Tables['commitmentLines']>({
		origin: (row) => row.origin_id,
		commitment: (row) => row.commitment_id,
	});
	readonly billingPeriods = new Table<Tables['billingPeriods']>({
		project: (row) => row.project_id,
	});
	readonly requisitions = new Table<Tables['requisitions']>({
		origin: (row) => row.origin_id,
		project: (row) => row.project_id,
		commitment: (row) => row.commitment_id,
	});
	readonly tokens = new Table<Tables['tokens']>({
		access: (row) => row.access_digest,
		refresh: (row) => row.refresh_digest,
	});

	private lastId = FIRST_ID;
	private pending: JournalEntry = [];
	private undo: JournalEntry = [];

	constructor(
		private readonly now: () => number,
		private readonly stateFile?: string,
	) {}

	/** Ids lie above 32 bits, as in Procore's newer regions. */
	nextId(): number {
		return ++this.lastId;
	}

	/** Current time as Procore writes timestamps. */
	timestamp(): string {
		return new Date(this.now()).toISOString().replace(/\.\d+Z$/, 'Z');
	}

	/** Stores a new or changed record; `updated_at` is stamped here. */
	put<N extends TableName>(table: N, row: Omit<Tables[N], 'updated_at'>): Tables[N] {
		const stamped = { ...row, updated_at: this.timestamp() } as unknown as Tables[N];
		this.undo.push([table, stamped.id, this.table(table).get(stamped.id) ?? null]);
		this.table(table).put(stamped);
		this.pending.push([table, stamped.id, stamped]);
		return stamped;
	}

	/** Stores a new record under the next id. */
	insert<N extends TableName>(
		table: N,
		row: Omit<Tables[N], 'id' | 'created_at' | 'updated_at'>,
	): Tables[N] {
		const created = { ...row, id: this.nextId(), created_at: this.timestamp() };
		return this.put(table, created as unknown as Omit<Tables[N], 'updated_at'>);
	}

	remove(table: TableName, id: number): void {
		this.undo.push([table, id, this.table(table).get(id) ?? null]);
		this.table(table).remove(id);
		this.pending.push([table, id, null]);
	}

	/** Makes everything since the last commit durable. */
	commit(): void {
		if (this.pending.length > 0 && this.stateFile) {
			appendFileSync(this.stateFile, `${JSON.stringify(this.pending)}\n`);
		}
		this.pending = [];
		this.undo = [];
	}

	/** Takes back everything since the last commit. */
	rollback(): void {
		for (const [name, id, before] of this.undo.reverse()) {
			if (before) this.table(name).put(before);
			else this.table(name).remove(id);
		}
		this.pending = [];
		this.undo = [];
	}

	/** Reads the journal, if there is one; false means the state is empty and needs its seed. */
	load(): boolean {
		if (!this.stateFile || !existsSync(this.stateFile)) return false;
		let entries = 0;
		for (const line of readFileSync(this.stateFile, 'utf8').split('\n')) {
			const entry = parseEntry(line);
			if (!entry) continue;
			entries++;
			for (const [name, id, row] of entry) {
				if (row) this.table(name).put(row);
				else this.table(name).remove(id);
				this.lastId = Math.max(this.lastId, id);
			}
		}
		if (entries === 0) return false;
		this.compact();
		return true;
	}

	/** Every record as it is. */
	all(): JournalEntry {
		return tableNames.flatMap((name) =>
			this.table(name)
				.all()
				.map((row): JournalEntry[number] => [name, row.id, row]),
		);
	}

	/** Back to records kept earlier, time stamps included; whoever is logged in stays so. */
	restore(records: JournalEntry): void {
		this.clear();
		for (const [name, id, row] of records) {
			if (name === 'tokens' || row === null) continue;
			this.undo.push([name, id, null]);
			this.table<TableName>(name).put(row);
			this.pending.push([name, id, row]);
		}
	}

	/** Rewrites the journal as one line holding the present state. */
	private compact(): void {
		if (!this.stateFile) return;
		writeFileSync(`${this.stateFile}.new`, `${JSON.stringify(this.all())}\n`);
		renameSync(`${this.stateFile}.new`, this.stateFile);
	}

	/** Empties every table, tokens excepted, so that callers stay logged in. */
	clear(): void {
		for (const name of tableNames) {
			if (name === 'tokens') continue;
			for (const row of this.table(name).all()) this.remove(name, row.id);
		}
	}

	private table<N extends TableName>(name: N): Table<Tables[N]> {
		return this[name] as unknown as Table<Tables[N]>;
	}
}

const tableNames: TableName[] = [
	'projects',
	'vendors',
	'costCodes',
	'standardCostCodeLists',
	'standardCostCodes',
	'lineItemTypes',
	'taxCodes',
	'wbsCodes',
	'directCosts',
	'directCostLines',
	'commitments',
	'commitmentLines',
	'billingPeriods',
	'requisitions',
	'tokens',
];

function parseEntry(line: string): JournalEntry | null {
	if (line === '') return null;
	try {
		return JSON.parse(line) as JournalEntry;
	} catch {
		return null;
	}
}
