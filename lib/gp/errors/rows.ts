import { messageOf } from '../../model/foreign-text';
import { describeTask, GpError, quoteExcerpt, type GpErrorContext } from './gp-error';

/** The workflow that gives the rows could not be run to its end. */
export class GpRowSourceFailed extends GpError {
	readonly code = 'GP_ROW_SOURCE_FAILED';
	readonly scope = 'transport';

	/** @param workflow id of the workflow, as the credential or the node names it */
	constructor(context: GpErrorContext, workflow: string) {
		super(
			`While ${describeTask(context)} the workflow ${workflow}, which gives the rows of GP, failed: ${context.serverMessage ?? 'it did not say why'}`,
			'Open that workflow and look at its executions: they are kept where they fail. Its login needs SELECT on the views of sql/gp-views.sql in the company database, and nothing more.',
			context,
			{ workflow },
		);
	}
}

/** It took longer than one answer may take. */
export class GpRowSourceTooSlow extends GpError {
	readonly code = 'GP_ROW_SOURCE_TOO_SLOW';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(context: GpErrorContext, workflow: string, timeoutMs: number) {
		super(
			`While ${describeTask(context)} the workflow ${workflow}, which gives the rows of GP, had not answered after ${timeoutMs / 1000} seconds.`,
			'Run again when GP is not posting. If it stays, ask for fewer rows per page in the site profile (query.pageSize), or raise "Timeout" in the options of the node and the request timeout of the SQL credential.',
			context,
			{ workflow, timeoutMs },
		);
	}
}

/** No workflow is named, or n8n cannot call it from here. */
export class GpRowSourceNotCallable extends GpError {
	readonly code = 'GP_ROW_SOURCE_NOT_CALLABLE';
	readonly scope = 'configuration';

	constructor(why: string, remedy: string) {
		super(`The workflow that gives the rows of GP cannot be called: ${why}.`, remedy, {});
	}
}

/** It answered with something other than the rows that were asked for. */
export class GpRowAnswerWrong extends GpError {
	readonly code = 'GP_ROW_ANSWER_WRONG';
	readonly scope = 'configuration';

	constructor(context: GpErrorContext, rows: string, why: string) {
		super(
			`While ${describeTask(context)} the answer of the workflow that gives the rows of GP cannot be used (${rows}): ${messageOf(why, 1_000)}.${quoteExcerpt(context)}`,
			'Its last node has to give one item with "request", as it was asked, and "rows", each with the columns asked for (docs/doors.md). If the views are older than this package, run sql/gp-views.sql again.',
			context,
			{ rows },
		);
	}
}

/** The database behind the workflow is not that of the company in the credential. */
export class GpRowsOfOtherCompany extends GpError {
	readonly code = 'GP_ROWS_OF_OTHER_COMPANY';
	readonly scope = 'configuration';

	constructor(wanted: string, found: string) {
		super(
			`The workflow that gives the rows of GP reads the company database "${found}", but the credential is of "${wanted}". Nothing was read.`,
			'Choose the SQL credential of that database in the workflow, or another workflow in the "Dynamics GP API" credential. Each company needs a workflow of its own.',
			{},
			{ wanted, found },
		);
	}
}

/** A request no reader of this package makes: it is not turned into SQL. */
export class GpRowRequestRefused extends GpError {
	readonly code = 'GP_ROW_REQUEST_REFUSED';
	readonly scope = 'configuration';

	constructor(why: string) {
		super(
			`This request for rows of GP is not turned into SQL: ${messageOf(why, 1_000)}.`,
			'Let the Dynamics GP node call this workflow; what it asks for is described in docs/doors.md.',
			{},
		);
	}
}
