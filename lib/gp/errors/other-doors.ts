import { messageOf } from '../../model/foreign-text';
import { describeTask, GpError, type GpErrorContext, quoteExcerpt } from './gp-error';

/** The workflow that gives the rows could not be run to its end. */
export class GpRowSourceFailed extends GpError {
	readonly code = 'GP_ROW_SOURCE_FAILED';
	readonly scope = 'transport';
	override readonly retryable: boolean;

	/** @param workflow id of the workflow, as the credential or the node names it */
	constructor(context: GpErrorContext, workflow: string) {
		super(
			`While ${describeTask(context)} the workflow ${workflow}, which gives the rows of GP, failed: ${context.serverMessage ?? 'it did not say why'}`,
			'Open that workflow and look at its executions: they are kept where they fail. Its login needs SELECT on the views of sql/gp-views.sql in the company database, and nothing more.',
			context,
			{ workflow },
		);
		this.retryable = PASSES.test(context.serverMessage ?? '');
	}
}

/**
 * A database ended this reading for the sake of another (posting, mostly), or the connection to it broke: the
 * next one goes through. SQL Server speaks the language of the login, and of a broken connection n8n has words of
 * its own.
 */
const PASSES =
	/\bdeadlock|interbloqueo|choisie comme victime|\bECONNRESET\b|\bEPIPE\b|socket hang up|\bconnection (?:to (?:the )?\S{1,100} )?(?:is |was )?(?:lost|closed|reset|terminated)\b/i;

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

/** A credential may name the company by its number, which takes no right to list companies. */
function orCompanyNumber(operation: string): string {
	return operation === 'GetCompanyList'
		? ' An account that is not to list companies needs the Company Number in the credential (SELECT CMPANYID FROM DYNAMICS..SY01500).'
		: '';
}

/** The Web Services refused: a SOAP fault that names no missing record and no missing right. */
export class GpWebServiceFault extends GpError {
	readonly code = 'GP_WEB_SERVICE_FAULT';
	readonly scope = 'record';

	/** @param logId of the entry in GP's own log (DYNAMICS..WSExceptionLog), when the fault carries one */
	constructor(
		context: GpErrorContext,
		readonly faultKind: 'validation' | 'system',
		logId: string | null,
		operation: string,
	) {
		super(
			`While ${describeTask(context)} the GP Web Services answered with a ${faultKind} fault: ${context.serverMessage ?? 'no explanation'}${logId ? ` (log entry ${logId})` : ''}`,
			(faultKind === 'validation'
				? 'Look the log entry up in the Exception Management Console of the GP server. A validation fault means that the service did not accept the question: check the GP release in docs/doors.md.'
				: 'Look in the Exception Management Console of the GP server for the same minute. One record with a control character in a name, note or comment makes each call fail that returns it: correct it in GP. Where each call of ' +
					`${operation} fails, the Windows account may lack the role for it (Dynamics Security Console).`) +
				orCompanyNumber(operation),
			context,
			{ faultKind, ...(logId ? { logId } : {}) },
		);
	}
}

/** The Windows account has no role that allows this operation. */
export class GpWebServiceRoleMissing extends GpError {
	readonly code = 'GP_WEB_SERVICE_ROLE_MISSING';
	readonly scope = 'configuration';

	constructor(context: GpErrorContext, operation: string) {
		super(
			`While ${describeTask(context)} the GP Web Services did not allow ${operation} to this Windows account.${context.serverMessage ? ` GP says: ${context.serverMessage}` : ''}`,
			'In the Dynamics Security Console of the GP server give the account a role in this company whose operations query and view vendors, GL accounts, payables documents and, for receipts and orders, purchase documents.' +
				orCompanyNumber(operation),
			context,
			{ operation },
		);
	}
}

/** Something answers at the address, but no GP Web Services. */
export class GpWebServiceNotFound extends GpError {
	readonly code = 'GP_WEB_SERVICE_NOT_FOUND';
	readonly scope = 'configuration';

	constructor(context: GpErrorContext) {
		super(
			`A web server answers at ${context.address}, but not as the GP Web Services.${quoteExcerpt(context)}`,
			'Check the service address: as installed it is "http://your-server:48620/DynamicsGPWebServices/DynamicsGPService.asmx" (GP 10 often on port 80), and the Windows service "Microsoft Dynamics GP Service Host" has to run. If the site has SBA or OData instead, choose that door in the credential.',
			context,
		);
	}
}

/** The address is that of another way into GP than the credential's door. */
export class GpOtherDoor extends GpError {
	readonly code = 'GP_OTHER_DOOR';
	readonly scope = 'configuration';

	constructor(address: string, what: string, remedy: string) {
		super(`The service address ${address} is ${what}.`, remedy, { address });
	}
}

/** A purchase order, receipt or purchase invoice that is not there. */
export class GpPurchaseNotFound extends GpError {
	readonly code = 'GP_PURCHASE_NOT_FOUND';
	readonly scope = 'record';

	constructor(what: string, key: string, address: string) {
		super(
			`GP has no ${what} ${key}.`,
			'Check the number. A document that was just posted or closed may be asked for again.',
			{ address },
			{ document: what, number: key },
		);
	}
}

/** A record this door cannot read, though GP may have it. */
export class GpNotThroughThisDoor extends GpError {
	readonly code = 'GP_NOT_THROUGH_THIS_DOOR';
	readonly scope = 'record';

	constructor(context: GpErrorContext, why: string) {
		super(
			`The record ${context.key ?? ''} cannot be read through this door: ${why}.`,
			'Nothing to do when it is no cost. Otherwise read it through another door (docs/doors.md).',
			context,
		);
	}
}
