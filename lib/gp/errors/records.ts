import { describeRecord, GpError, type GpErrorContext } from './gp-error';

/** One record whose content cannot be understood; the others go on. */
export class GpRecordMalformed extends GpError {
	readonly code = 'GP_RECORD_MALFORMED';
	readonly scope = 'record';

	constructor(context: GpErrorContext, field: string, why: string) {
		const record = context.entity
			? describeRecord(context.entity, context.key ?? '(no key)')
			: 'record';
		super(
			`The ${record} cannot be used: ${field} ${why}.`,
			'Correct the record in GP, or, when all records are affected, name the right field in the site profile (entities → fields).',
			context,
			{ field },
		);
	}
}
