import type { Entity } from '../../model/desired';
import { describeRecord, GpError, type GpErrorContext } from './gp-error';

/** One record whose content cannot be understood; the others go on. */
export class GpRecordMalformed extends GpError {
	readonly code = 'GP_RECORD_MALFORMED';
	readonly scope = 'record';

	/** @param absent the field is not there at all, which another way of reading the record may mend */
	constructor(
		context: GpErrorContext,
		field: string,
		why: string,
		{ remedy, absent = false }: { remedy?: string; absent?: boolean } = {},
	) {
		const record = context.entity
			? describeRecord(context.entity, context.key ?? '(no key)')
			: 'record';
		super(
			`The ${record} cannot be used: ${field} ${why}.`,
			remedy ??
				'Correct the record in GP, or, when all records are affected, name the right field in the site profile (entities → fields).',
			context,
			{ field, ...(absent ? { absent } : {}) },
		);
	}
}

/** A list in which so much is missing that it is more likely broken than true. */
export class GpListImplausible extends GpError {
	readonly code = 'GP_LIST_IMPLAUSIBLE';
	readonly scope = 'configuration';

	constructor(entity: Entity, gone: number, known: number, mostShare: number) {
		super(
			`${gone} of ${known} known records no longer stand in the list GP gave; at most ${Math.round(mostShare * 100)} % are believed to be deleted.`,
			'Check that the Windows account still sees the whole company and that the site profile lists every state. If the records really are gone, raise "Most Deleted".',
			{ entity },
			{ gone, known, mostShare },
		);
	}
}

/** Keys are missing from a list that is not shown to be whole: they may stand in what did not come. */
export class GpListNotProven extends GpError {
	readonly code = 'GP_LIST_NOT_PROVEN';
	readonly scope = 'configuration';

	constructor(entity: Entity, gone: number, known: number, why: string) {
		super(
			`${gone} of ${known} known records do not stand in the list GP gave, but it is not shown that the list is complete: ${why}. None of them is called deleted.`,
			'Run "Survey" of the Dynamics GP node and paste what it suggests into the site profile, so that lists are read to their end.',
			{ entity },
			{ gone, known, why },
		);
	}
}
