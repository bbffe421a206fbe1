import type { RequestRow } from '../../lib/run/requests/requests';
import type {
	AuditEventRow,
	JournalRow,
	LeaseRow,
	ParkedRow,
	RunRow,
} from '../../lib/audit/event-row';
import type { WatermarkRow } from '../../lib/run/events-of-batch';
import type { AccountCrosswalkRow, ProjectCrosswalkRow } from '../../lib/mapping/types';
import type { Life } from './life';

type Numbered = { id?: number };

/** One table of the sync: rows get ids as they come. Each change is one step of the process that makes it. */
export class Table<Row extends object> {
	rows: Array<Row & Numbered> = [];
	private lastId = 0;

	insert(life: Life, ...rows: Row[]): void {
		if (rows.length === 0) return;
		life.step();
		for (const row of rows) this.rows.push({ ...structuredClone(row), id: ++this.lastId });
	}

	delete(life: Life, gone: (row: Row & Numbered) => boolean): void {
		life.step();
		this.rows = this.rows.filter((row) => !gone(row));
	}

	deleteIds(life: Life, ids: readonly number[]): void {
		if (ids.length > 0) this.delete(life, ({ id }) => ids.includes(id ?? 0));
	}

	update(life: Life, which: (row: Row & Numbered) => boolean, change: Partial<Row>): number {
		life.step();
		const found = this.rows.filter(which);
		for (const row of found) Object.assign(row, structuredClone(change));
		return found.length;
	}

	upsert(life: Life, which: (row: Row & Numbered) => boolean, row: Row): void {
		if (this.update(life, which, row) === 0) this.rows.push({ ...row, id: ++this.lastId });
	}

	/** A copy, as a read of the table gives it. */
	read(which: (row: Row & Numbered) => boolean = () => true): Array<Row & Numbered> {
		return structuredClone(this.rows.filter(which));
	}
}

/** The Data Tables of the sync, in memory. */
export class Tables {
	readonly events = new Table<AuditEventRow>();
	readonly runs = new Table<RunRow>();
	readonly leases = new Table<LeaseRow>();
	readonly journal = new Table<JournalRow>();
	readonly parked = new Table<ParkedRow>();
	readonly requests = new Table<RequestRow>();
	readonly watermarks = new Table<WatermarkRow>();
	readonly projects = new Table<ProjectCrosswalkRow>();
	readonly accounts = new Table<AccountCrosswalkRow>();
}
