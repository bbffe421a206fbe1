import type { EntityReader } from '../../../lib/gp/reading/entity-reader';
import { Pages, type ListedRow } from '../../../lib/gp/reading/pages';
import type { GpError } from '../../../lib/gp/errors/gp-error';
import type { Completeness } from '../../../lib/model/gp-changes';
import type { GpRecord } from '../../../lib/model/gp-records';

type Found = GpRecord | GpError;

/** A reader of one entity in memory; `asked` says in short what it was asked for. */
export class FakeReader implements EntityReader {
	readonly asked: string[] = [];
	completeness: Completeness = { proven: true, by: 'nothingBehind' };
	/** Rows of the list, page by page. */
	pages: ListedRow[][] = [];
	/** What a detail is, where it differs from its list row. */
	readonly details = new Map<string, Found>();
	/** Records that can be read by their key. */
	readonly keyed = new Map<string, Found>();
	/** Records of which the list alone knows a part. */
	readonly dependent = new Set<GpRecord>();
	/** Called as each page is read. */
	onPage: (page: number) => void = () => undefined;

	constructor(private readonly notFound: (key: string) => GpError) {}

	list: EntityReader['list'] = (filter, options) => {
		this.asked.push(`list ${JSON.stringify({ ...filter, ...options })}`);
		return new Pages(this.pagesOf());
	};

	private async *pagesOf() {
		for (const [index, page] of this.pages.entries()) {
			this.onPage(index);
			yield await Promise.resolve(page);
		}
		return this.completeness;
	}

	complete: EntityReader['complete'] = async (rows, options) => {
		const keys = rows.map(({ key }) => key).join(' ');
		if (rows.length > 0)
			this.asked.push(`complete ${keys}${options?.someMayFail ? ' or not' : ''}`);
		return await Promise.resolve(
			rows.map((row) => row.fault ?? this.details.get(row.key) ?? row.record!),
		);
	};

	getMany: EntityReader['getMany'] = async (keys) => {
		if (keys.length > 0) this.asked.push(`by key ${keys.join(' ')}`);
		return await Promise.resolve(keys.map((key) => this.keyed.get(key) ?? this.notFound(key)));
	};

	get: EntityReader['get'] = async (key) => {
		const found = (await this.getMany([key]))[0]!;
		if (found instanceof Error) throw found;
		return found;
	};

	standsAlone = (record: GpRecord): boolean => !this.dependent.has(record);
	paths = (): string[] => ['list'];
}
