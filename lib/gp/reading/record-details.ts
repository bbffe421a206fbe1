import type { Entity } from '../../model/desired';
import type { GpRecord } from '../../model/gp-records';
import {
	type GpError,
	GpErrorInSuccess,
	GpHtmlPage,
	GpInvalidBody,
	GpRecordMalformed,
	GpUnexpectedShape,
	GpWrongContentType,
} from '../errors/gp-error';
import { GpNotThroughThisDoor, GpWebServiceFault } from '../errors/other-doors';
import { GpBusinessError, GpRecordNotFound, GpResourceNotOffered } from '../errors/refusals';
import { canonicalName, type RawRecord } from '../normalise/field-reader';
import type { Normaliser } from '../normalise/normaliser';
import type { EntityProfile } from '../profiles/site-profile';
import { spelledKey, urlKeyParts } from '../query/list-query';
import { addChildren } from './child-rows';
import { fetchRows, type ReaderServices } from './fetch-rows';
import { type ListedRow, mapConcurrently } from './pages';

/** What stands in a record beside its list row: from an address of its own, or from child tables. */
export class RecordDetails {
	/** Whether the service has an address for one record, as far as is known. */
	offered: boolean;
	private readonly settings: EntityProfile;
	/** Records of which the list knows a part that the detail does not. */
	private readonly dependent = new WeakSet<GpRecord>();

	constructor(
		private readonly services: ReaderServices,
		private readonly entity: Entity,
		private readonly normaliser: Normaliser,
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
		const completed = await mapConcurrently(rows, services.concurrency, async (row) => {
			if (row.fault) return row.fault;
			if (!row.pending) return row.record!;
			const raw = joined.get(row);
			try {
				if (raw) return normaliser.record(raw);
				if (!this.offered) return this.asItStands(row);
				return await this.fetch(row.key, row);
			} catch (error) {
				if (
					error instanceof GpResourceNotOffered &&
					!settings.detailFields.includes('distributions')
				) {
					this.offered = false;
					return this.asItStands(row);
				}
				if (isFaultOfRecord(error)) return error;
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
		const raw = found.rows[0];
		if (!raw) throw new GpRecordNotFound(context);
		if (!row?.pending) return normaliser.record(raw);
		const record = normaliser.record(overlaid(row.pending.raw, raw));
		if (!this.saysTheSame(raw, record)) this.dependent.add(record);
		return record;
	}

	/** A list row as the whole record, there being no more of it after all. */
	private asItStands({ pending, record }: ListedRow): GpRecord | GpError {
		if (!pending) return record!;
		try {
			return this.normaliser.record(pending.raw);
		} catch (error) {
			if (error instanceof GpRecordMalformed) return error;
			throw error;
		}
	}

	private saysTheSame(detail: RawRecord, record: GpRecord): boolean {
		try {
			return this.normaliser.record(detail).hash === record.hash;
		} catch (error) {
			if (error instanceof GpRecordMalformed) return false;
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
	if (
		!details.every((detail) => detail instanceof Error && detail.constructor === first.constructor)
	)
		return;
	if (first instanceof GpBusinessError) return;
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
