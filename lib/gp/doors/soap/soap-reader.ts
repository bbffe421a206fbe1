import { type Completeness, NOTHING_TO_READ, together } from '../../../model/gp-changes';
import { sameGpKey } from '../../../model/keys';
import type { Entity } from '../../../model/desired';
import {
	type GpError,
	type GpErrorContext,
	GpHtmlPage,
	GpRecordMalformed,
	GpUnexpectedShape,
	GpWrongContentType,
} from '../../errors/gp-error';
import { GpRecordNotFound } from '../../errors/refusals';
import { GpNotThroughThisDoor, GpWebServiceFault } from '../../errors/other-doors';
import { codeOf, DOCUMENT_TYPES } from '../../normalise/code-lists';
import { isRecord, type RawRecord } from '../../normalise/field-reader';
import type { Normaliser } from '../../normalise/normaliser';
import { text } from '../../normalise/values';
import type { SiteProfile } from '../../profiles/site-profile';
import type { GpRecord } from '../../../model/gp-records';
import type { EntityReader } from '../../reading/entity-reader';
import {
	type ListedRow,
	keylessKey,
	listedRow,
	mapConcurrently,
	mapInTurns,
	named,
	Pages,
	type PageSource,
} from '../../reading/pages';
import { isFaultOfRecord } from '../../reading/record-details';
import { keyPartsOf, type ListFilter } from '../../query/list-query';
import type { SoapCall } from './call';
import { placeOf, readByKeyset, UnreadableRange } from './keyset';
import { ownDistributions, shapedRows } from './raw-records';
import { byKeyOf, listsOf } from './streams';
import { rowsIn } from './envelope';

export interface SoapReaderServices {
	call: SoapCall;
	profile: SiteProfile;
	concurrency: number;
	/** The company's number in GP, which is asked for once. */
	companyNumber(): Promise<number>;
	/** Its database id, as the credential names it. */
	databaseId: string;
}

/** Reads one stream over the Web Services: lists page by key, vendors and documents come whole by key. */
export function createSoapReader(
	services: SoapReaderServices,
	entity: Entity,
	normaliser: Normaliser,
): EntityReader {
	const { call } = services;
	const lists = listsOf(entity, services.profile.transactionStates);
	const { details } = services.profile.entities[entity];

	const shaped = (row: RawRecord, operation: string, number: number): RawRecord =>
		shapedRows(entity, { number, databaseId: services.databaseId })(row, operation);

	function listed(raw: RawRecord, complete: boolean): ListedRow {
		return listedRow(raw, () => ({
			record: normaliser.record(raw, complete ? undefined : 'summary'),
			pending: complete ? null : { raw, source: 0 },
		}));
	}

	/** A range of one list in which something stands that the service cannot write as XML. */
	function unreadable({ range, error: thrown }: UnreadableRange): ListedRow {
		const error = thrown as GpWebServiceFault;
		const place = placeOf(range);
		const key = keylessKey(place);
		return {
			key,
			record: null,
			fault: new GpRecordMalformed(
				{ entity, key, ...(error.details.address ? { address: error.details.address } : {}) },
				`its text (the record ${place})`,
				'holds a character that the GP Web Services cannot send; look for text that was pasted in',
			),
			pending: null,
		};
	}

	async function fetchOne(key: string): Promise<GpRecord> {
		const context: GpErrorContext = { entity, key };
		const parts = keyPartsOf(entity, key);
		const question = byKeyOf(entity, parts);
		if (!question)
			throw new GpNotThroughThisDoor(
				context,
				'the GP Web Services give payments as another kind of document, which is not read',
			);
		const answer = await call(question.operation, question.parameters, context);
		if (!answer) throw new GpRecordNotFound(context);
		const raw = shaped(answer, question.operation, await services.companyNumber());
		if (entity === 'payable') {
			raw.Type ??= parts.documentTypeName;
			raw.Distributions = distributionsOf(raw);
		}
		const record = normaliser.record(raw);
		if (!sameGpKey(record.key, key))
			throw new GpUnexpectedShape({ ...context, excerpt: `a record with the key ${record.key}` });
		return record;
	}

	async function fetchOrFault(key: string): Promise<GpRecord | GpError> {
		try {
			return await fetchOne(key);
		} catch (error) {
			if (isFaultOfRecord(error)) return error;
			throw error;
		}
	}

	function distributionsOf(raw: RawRecord): unknown {
		if (!Array.isArray(raw.Distributions)) return raw.Distributions;
		const type = codeOf(DOCUMENT_TYPES, raw.Type);
		return ownDistributions(
			raw.Distributions as RawRecord[],
			raw.DocumentAmount,
			type === 'return' || type === 'creditMemo',
		);
	}

	const keyOf = ({ Key: key }: RawRecord) => (isRecord(key) ? text(key.Id) : text(key)) ?? '';

	async function* rowsOfAll(filter: ListFilter): PageSource<ListedRow, Completeness> {
		const companyNumber = await services.companyNumber();
		let completeness: Completeness | undefined;
		for (const list of lists) {
			const isWhole = details === 'never' || (list.complete && details === 'auto');
			const ask = async (criteria: string) =>
				rowsIn(await call(list.operation, criteria, { entity }));
			const othersOf = async (key: string, rows: readonly RawRecord[]) => {
				const types = new Set(rows.map(({ Type: type }) => text(type)));
				const criteria = list.others!(key, types, filter);
				if (criteria === null) return [];
				// A service that heeds no such question gives what was there.
				const isOther = (row: RawRecord) => keyOf(row) === key && !types.has(text(row.Type));
				return (await ask(criteria)).filter(isOther);
			};
			const pages = new Pages(
				readByKeyset<RawRecord>({
					fetch: async (range) => await ask(list.criteria(range, filter)),
					keyOf,
					...(list.others ? { others: othersOf } : {}),
					mayBeOneRecord: (error) =>
						error instanceof GpWebServiceFault && error.faultKind === 'system',
				}),
			);
			for await (const page of pages)
				yield await mapInTurns(page, (row) =>
					row instanceof UnreadableRange
						? unreadable(row)
						: listed(shaped(row, list.operation, companyNumber), isWhole),
				);
			completeness = together(completeness, named(pages.end!, list.operation));
		}
		return completeness ?? NOTHING_TO_READ;
	}

	return {
		paths: () => [...new Set(lists.map(({ operation }) => operation))],

		list: (filter) => new Pages(rowsOfAll(filter)),

		async complete(rows) {
			const made = await mapConcurrently(rows, services.concurrency, async (row) => {
				if (row.fault) return row.fault;
				if (!row.pending) return row.record!;
				return await fetchOrFault(row.key);
			});
			const fetched = made.filter((_, index) => rows[index]!.pending);
			// One record that cannot be shown is its own fault; that none can is the service's.
			const [first] = fetched;
			if (fetched.length >= 3 && fetched.every(isNoMessage)) throw first as GpError;
			return made;
		},

		get: async (key) => await fetchOne(key),

		async getMany(keys) {
			return await mapConcurrently(keys, services.concurrency, fetchOrFault);
		},

		// A record read by its key takes nothing from its list row.
		standsAlone: () => true,
	};
}

/** What came was a page, nothing, or XML that is no answer: no fault that the service tells. */
function isNoMessage(result: GpRecord | GpError): boolean {
	return (
		result instanceof GpHtmlPage ||
		result instanceof GpWrongContentType ||
		// Without a status it is an answer with another record in it.
		(result instanceof GpUnexpectedShape && result.details.httpStatus !== undefined)
	);
}
