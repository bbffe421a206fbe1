import { contentHash } from '../../model/json-text';
import type { Entity } from '../../model/desired';
import type { GpRecord } from '../../model/gp-records';
import { sameGpKey } from '../../model/keys';
import { compare } from '../../model/money';
import {
	type GpError,
	type GpErrorContext,
	GpErrorInSuccess,
	GpHtmlPage,
	GpInvalidBody,
	GpRecordMalformed,
	GpUnexpectedShape,
	GpWrongContentType,
} from '../errors/gp-error';
import { GpNotThroughThisDoor, GpWebServiceFault } from '../errors/other-doors';
import {
	GpBusinessError,
	GpRecordNotFound,
	GpResourceNotOffered,
	GpUserNotAllowed,
} from '../errors/refusals';
import { canonicalName, type RawRecord } from '../normalise/field-reader';
import type { Normaliser } from '../normalise/normaliser';
import type { EntityProfile } from '../profiles/site-profile';
import { spelledKey, urlKeyParts } from '../query/list-query';
import { addChildren } from './child-rows';
import { fetchRows, type ReaderServices } from './fetch-rows';
import { type ListedRow, mapConcurrently, mapInTurns } from './pages';

/** What stands in a record beside its list row: from an address of its own, or from child tables. */
export class RecordDetails {
	/** Whether the service has an address for one record, as far as is known. */
	offered: boolean;
	private readonly settings: EntityProfile;
	/** Records of which the list knows a part that the detail does not. */
	private readonly dependent = new WeakSet<GpRecord>();
	/** Records that the service gave at their own addresses. */
	given = 0;
	private tried?: Promise<boolean>;

	/** @param listedRow a row of the list, other than that of the key; null where there is none */
	constructor(
		private readonly services: ReaderServices,
		private readonly entity: Entity,
		private readonly normaliser: Normaliser,
		private readonly listedRow: (otherThan: string) => Promise<ListedRow | null>,
	) {
		this.settings = services.profile.entities[entity];
		this.offered = this.settings.detail !== null;
	}

	/** Whether more can be had of the rows of this list. */
	canComplete(source: number): boolean {
		return this.offered || (this.settings.lists[source]?.children.length ?? 0) > 0;
	}

	standsAlone(record: GpRecord): boolean {
		return !this.dependent.has(record);
	}

	/** See EntityReader.complete. */
	async complete(
		rows: readonly ListedRow[],
		{ someMayFail = false } = {},
	): Promise<Array<GpRecord | GpError>> {
		const { services, settings, normaliser } = this;
		const withChildren = rows.filter(
			({ pending }) => pending && settings.lists[pending.source]!.children.length > 0,
		);
		const children = await addChildren(
			services,
			this.entity,
			withChildren.map(({ pending }) => pending!),
		);
		const joined = new Map(withChildren.map((row, index) => [row, children[index]!]));
		const isAllowedOthers = this.allowed(rows);
		const completed = await mapConcurrently(rows, services.concurrency, async (row) => {
			if (row.fault) return row.fault;
			if (!row.pending) return row.record!;
			const raw = joined.get(row);
			try {
				if (raw) return normaliser.record(raw);
				if (!this.offered) return this.asItStands(row.pending.raw);
				return await this.fetch(row.key, row);
			} catch (error) {
				const noDetail = error instanceof GpResourceNotOffered || error instanceof GpRecordNotFound;
				// Its lists are there and empty: that is all there is, then.
				if (noDetail && normaliser.hasDetailFields(row.pending.raw))
					return this.asItStands(row.pending.raw);
				if (error instanceof GpResourceNotOffered) {
					if (await this.givesOthers(error, row, rows)) return new GpRecordNotFound(error.details);
					if (settings.detailFields.includes('distributions')) throw error;
					this.offered = false;
					return this.asItStands(row.pending.raw);
				}
				if (isFaultOfRecord(error) || (await isAllowedOthers(error, row))) return error as GpError;
				throw error;
			}
		});
		if (!someMayFail)
			refuseWhenNoneWorks(
				completed.filter((_, index) => rows[index]!.pending && !joined.has(rows[index]!)),
			);
		return completed;
	}

	/**
	 * Whether the service gives single records, though it has no address for this one: its key may be one that a web
	 * server refuses, or the service answers so for what was deleted. Then it is that record's fault alone.
	 */
	private async givesOthers(
		error: GpResourceNotOffered,
		refused: ListedRow,
		rows: readonly ListedRow[],
	): Promise<boolean> {
		if (isListOnly(error)) return false;
		if (this.given === 0) await (this.tried ??= this.tryOthers(refused, rows));
		return this.given > 0;
	}

	/**
	 * Tells, of a record that this user was refused, whether another is given to them now: GP keeps some documents
	 * from some people. The refusal is then that record's fault alone; else the right is missing. Asked once.
	 */
	allowed(rows: readonly ListedRow[], before = this.given) {
		let others: Promise<boolean> | undefined;
		return async (error: unknown, refused: Pick<ListedRow, 'key'>): Promise<boolean> =>
			error instanceof GpUserNotAllowed &&
			(this.given > before || (await (others ??= this.tryOthers(refused, rows))));
	}

	private async tryOthers(
		refused: Pick<ListedRow, 'key'>,
		rows: readonly ListedRow[],
	): Promise<boolean> {
		const others = rows.filter((row) => row.pending && !sameGpKey(row.key, refused.key));
		const some = others.length > 0 ? [others.at(-1)!, others[others.length >> 1]!] : [];
		const listed = some.length > 0 ? null : await this.listedRow(refused.key);
		for (const row of new Set(listed ? [listed] : some)) {
			try {
				await this.fetch(row.key, row);
				return true;
			} catch (error) {
				if (!isRefused(error) && !isFaultOfRecord(error)) throw error;
			}
		}
		return false;
	}

	/**
	 * One record from its own address, over its list row where there is one.
	 * @throws GpRecordNotFound, GpRecordMalformed, and what the service answers
	 */
	async fetch(key: string, row?: ListedRow): Promise<GpRecord> {
		const { services, settings, entity, normaliser } = this;
		const address = services.addresses.record(
			settings.detail!,
			urlKeyParts(settings.keyParts, entity, row?.record ? spelledKey(row.record) : key),
		);
		const context = { entity, key, address };
		const found = await fetchRows(
			services,
			address,
			normaliser,
			settings.responsePath ?? services.profile.responsePath,
			context,
		);
		const raw = normaliser.joined(await this.theOneAskedFor(found.rows, context), found.beside);
		const record = normaliser.record(row?.pending ? overlaid(row.pending.raw, raw) : raw);
		const alone = this.recordOf(raw, 'summary');
		if (!sameGpKey(record.key, key) || (alone && !sameGpKey(alone.key, key)))
			throw anotherCame(context, (alone ?? record).key);
		if (!alone && row?.record && isOfAnother(row.record, record))
			throw anotherCame(context, 'one that tells no key, of another vendor or over another amount');
		this.given += 1;
		if (row?.pending && this.recordOf(raw)?.hash !== record.hash) this.dependent.add(record);
		return record;
	}

	/** A service may answer a question for one record with several, or with its whole list. */
	private async theOneAskedFor(
		rows: readonly RawRecord[],
		context: GpErrorContext & { key: string },
	): Promise<RawRecord> {
		const [first, second] = rows;
		if (!first) throw new GpRecordNotFound(context);
		if (!second) return first;
		const keys = await mapInTurns(rows, (raw) => this.recordOf(raw, 'summary')?.key);
		const own = rows.filter((_, index) => sameGpKey(keys[index], context.key));
		if (own.length === 0) throw anotherCame(context, `${rows.length} records`);
		const hashes = await mapInTurns(own, (raw) => contentHash(raw));
		if (new Set(hashes).size > 1) throw standsTwice(context);
		return own[0]!;
	}

	/** A list row as the whole record, there being no more of it after all. */
	private asItStands(raw: RawRecord): GpRecord | GpError {
		try {
			return this.normaliser.record(raw);
		} catch (error) {
			if (error instanceof GpRecordMalformed) return error;
			throw error;
		}
	}

	/** Null where it cannot be understood. */
	private recordOf(raw: RawRecord, part?: 'summary'): GpRecord | null {
		try {
			return this.normaliser.record(raw, part);
		} catch (error) {
			if (error instanceof GpRecordMalformed) return null;
			throw error;
		}
	}
}

/** The detail over the list row: the list may know a field the detail lacks, such as the change stamp. */
function overlaid(listRow: RawRecord, detail: RawRecord): RawRecord {
	const known = new Set(Object.keys(detail).map(canonicalName));
	return {
		...Object.fromEntries(
			Object.entries(listRow).filter(([name]) => !known.has(canonicalName(name))),
		),
		...detail,
	};
}

/** The fault of a record in whose place the service gave something else. */
function anotherCame(context: GpErrorContext, given: string): GpRecordMalformed {
	const why = `is not the one that was asked for: the service answered with ${given}`;
	const unpadded = (key: string) => key.replace(/(?<!\d)0{1,99}(?=\d)/g, '');
	// Which of the two GP calls it is not guessed: leading zeros are part of a number of GP.
	const isPadded = unpadded(given) === unpadded(String(context.key ?? ''));
	return new GpRecordMalformed(context, 'what came', why, {
		remedy: isPadded
			? 'The list gives this number without the zeros before it, the record with them. Have the service publish it as text in both, or name in "fields" of the site profile the column of the list that has it whole.'
			: 'Check "detail", "keyParts" and "keySeparator" of this entity in the site profile: the service does not find single records by the address asked for.',
	});
}

/** The fault of a record for which one answer holds rows that differ. */
export function standsTwice(context: GpErrorContext): GpRecordMalformed {
	const why = 'belongs to several rows of one answer that say different things';
	return new GpRecordMalformed(context, 'its key', why, {
		remedy:
			'Correct the records in GP or, where the service gives a row per line or address of a record, have it publish one row per record: which of the rows counts is not guessed.',
	});
}

/** Addressed by a part of its key, a service gives whatever it has of that number: a payment for an invoice. */
function isOfAnother(listed: GpRecord, given: GpRecord): boolean {
	if (listed.kind !== 'payable' || given.kind !== 'payable') return false;
	const isOver = compare(listed.amounts.document, given.amounts.document) === 0;
	return !isOver || !sameGpKey(listed.vendorId, given.vendorId);
}

function isRefused(error: unknown): boolean {
	return error instanceof GpResourceNotOffered || error instanceof GpUserNotAllowed;
}

/** The service has no address for one record. */
export function isListOnly(error: unknown): boolean {
	return error instanceof GpResourceNotOffered && error.details.httpStatus === 405;
}

/** The record alone does not tell a field that decides: its list row may. */
export function isAbsentHere(error: unknown): error is GpRecordMalformed {
	return error instanceof GpRecordMalformed && error.details.absent === true;
}

/** Some details failing are faults of records; all of them failing the same way is a wrong path or a broken service. */
function refuseWhenNoneWorks(details: Array<GpRecord | GpError>): void {
	const [first] = details;
	if (details.length < 3 || !(first instanceof Error) || first instanceof GpRecordMalformed) return;
	const isSame = (detail: GpRecord | GpError) => detail.constructor === first.constructor;
	if (!details.every(isSame) || first instanceof GpBusinessError) return;
	if (!(first instanceof GpRecordNotFound)) throw first;
	throw new GpResourceNotOffered({
		entity: first.details.entity as Entity,
		httpStatus: 404,
		...(first.details.address ? { address: first.details.address } : {}),
	});
}

/** Faults that concern one record only; the others of the batch go on. */
export function isFaultOfRecord(error: unknown): error is GpError {
	return (
		error instanceof GpRecordMalformed ||
		error instanceof GpRecordNotFound ||
		error instanceof GpBusinessError ||
		error instanceof GpErrorInSuccess ||
		error instanceof GpUnexpectedShape ||
		error instanceof GpInvalidBody ||
		error instanceof GpHtmlPage ||
		error instanceof GpWebServiceFault ||
		error instanceof GpNotThroughThisDoor ||
		error instanceof GpWrongContentType
	);
}
