import type { ConnectorErrorDetails } from '../../model/connector-error';
import { jsonBeginning, pageExcerptOf } from '../../model/foreign-text';
import { networkCode, networkFault } from '../../http/request-rules';
import { type ProcoreAnswer, requestIdOf } from '../transport';
import {
	ProcoreAnswerTooLargeError,
	ProcoreCompanyBlockedError,
	ProcoreConflictError,
	type ProcoreError,
	ProcoreLoginRefusedError,
	ProcoreNotFoundError,
	ProcoreProjectBlockedError,
	ProcoreRateLimitedError,
	ProcoreRedirectRefusedError,
	ProcoreRequestRefusedError,
	ProcoreServerFaultError,
	ProcoreTooLargeError,
	ProcoreUnexpectedAnswerError,
	ProcoreUnreachableError,
	readErrorBody,
	summarise,
} from './procore-errors';

/** What was being done, for messages: "list the vendors", in which project. */
export interface CallContext {
	what: string;
	address: string;
	projectId?: string;
	/** The path names one record, so that 404 means this record, not the whole project. */
	oneRecord?: boolean;
	/** Where it is known: who may not write a record may still read, and write others. */
	method?: string;
}

/** The error of an answer outside 2xx, after retries. */
export function errorFromAnswer(answer: ProcoreAnswer, context: CallContext): ProcoreError {
	const { status } = answer;
	const messages = readErrorBody(answer.body);
	const said = summarise(messages) || 'no explanation was given';
	const make = (
		Kind: new (message: string, details: ConnectorErrorDetails) => ProcoreError,
		remedy: string,
		why = said,
	): ProcoreError =>
		new Kind(`Procore refused to ${context.what} (HTTP ${status}): ${why}`, {
			remedy,
			httpStatus: status,
			requestId: requestIdOf(answer),
			address: context.address,
			excerpt: pageExcerptOf(
				typeof answer.body === 'string' ? answer.body : jsonBeginning(answer.body),
			),
			messages,
			...(context.projectId ? { projectId: context.projectId } : {}),
		});

	if (status === 401) {
		return make(
			ProcoreLoginRefusedError,
			'Open the "Procore OAuth2 API" credential: check client id, client secret and environment, and connect it again. A new secret or a revoked app ends the old login.',
		);
	}
	if (status === 403 && /not connected to this company/i.test(said)) {
		return make(
			ProcoreCompanyBlockedError,
			'The app is not installed in this company. In Procore open Company Admin > App Management, install the app, and check the company id in the "Procore OAuth2 API" credential.',
		);
	}
	if (
		/procore-company-id header/i.test(said) ||
		(status === 404 && !context.projectId && !context.oneRecord)
	) {
		return make(
			ProcoreCompanyBlockedError,
			'Check the company id in the "Procore OAuth2 API" credential: Procore answers "not found" when it is missing, wrong or of another environment.',
		);
	}
	if (status === 403 && isWriteOfOne(context)) {
		return make(ProcoreRequestRefusedError, context.projectId ? RIGHT_REMEDY : COMPANY_REMEDY);
	}
	if (status === 403 && context.projectId) return make(ProcoreProjectBlockedError, PROJECT_REMEDY);
	if (status === 403) return make(ProcoreCompanyBlockedError, COMPANY_REMEDY);
	if (status === 404 && context.projectId && !context.oneRecord) {
		return make(ProcoreProjectBlockedError, PROJECT_REMEDY);
	}
	if (status === 404) {
		return make(
			ProcoreNotFoundError,
			'Check the id: the record was deleted, or the account of the "Procore OAuth2 API" credential may not see it.',
		);
	}
	if (status === 409) {
		return make(
			ProcoreConflictError,
			'Somebody else was saving the same record at that moment. Run it again; nothing was lost.',
		);
	}
	if (status === 413)
		return make(ProcoreTooLargeError, 'Set a smaller batch size on the Procore node.');
	if (status === 429) {
		return make(
			ProcoreRateLimitedError,
			'Another program is using up the request quota of this Procore app. Run it again later, or give this workflow an app of its own.',
		);
	}
	if (status === 408 || status >= 500) {
		return make(
			ProcoreServerFaultError,
			'Procore had trouble of its own. See status.procore.com; then retry the execution: it goes on where it stopped.',
		);
	}
	return make(
		ProcoreRequestRefusedError,
		'Correct the named fields. The request id helps Procore support to find the call.',
	);
}

/** Making, changing and deleting are rights of their own in many tools: one that lacks says nothing of the others. */
function isWriteOfOne({ method = 'GET', oneRecord }: CallContext): boolean {
	return method === 'POST' || (method !== 'GET' && oneRecord === true);
}

const COMPANY_REMEDY =
	'The account behind the "Procore OAuth2 API" credential lacks a permission. Vendors need the company Directory tool (Admin, or Standard with "Create and Edit Companies"); cost types and standard cost codes need the company Admin tool.';

const RIGHT_REMEDY =
	'The account behind the "Procore OAuth2 API" credential may not do this in that project. Give it the right there (deleting a direct cost or a line needs Admin of the Direct Costs tool, a cost code the project Admin tool, a subcontractor invoice the commitments and their invoices), or do it by hand in Procore.';

const PROJECT_REMEDY =
	'Check that the project\'s Direct Costs tool (and Admin tool for cost codes) is active and that the project is on the permitted projects of the service account (DMSA) behind the "Procore OAuth2 API" credential; that list must be set again after every update of the app.';

/** The error of a request that got no answer, after retries. */
export function errorFromSilence(error: unknown, context: CallContext): ProcoreError {
	const code = networkCode(error) ?? 'NO_ANSWER';
	return new ProcoreUnreachableError(
		`Procore did not answer when asked to ${context.what}: ${WHY[code] ?? 'the connection failed'} (${code})`,
		{
			remedy:
				networkFault(error) === 'tls'
					? 'The certificate was refused: check the address in the "Procore OAuth2 API" credential and any proxy that opens TLS.'
					: 'Check the network and the address in the "Procore OAuth2 API" credential; then retry the execution: it goes on where it stopped.',
			address: context.address,
			networkCode: code,
			...(context.projectId ? { projectId: context.projectId } : {}),
		},
		{ cause: error },
	);
}

const WHY: Record<string, string> = {
	ECONNREFUSED: 'nobody is listening at that address',
	ENOTFOUND: 'the name is not known',
	EAI_AGAIN: 'the name could not be looked up',
	ETIMEDOUT: 'it took too long',
	ECONNABORTED: 'it took too long',
	ECONNRESET: 'the connection was cut',
};

/** A good status with something else than was asked for: a page of a proxy, or nothing in place of a record. */
export function notAnswered(answer: ProcoreAnswer, context: CallContext): ProcoreError {
	const { body } = answer;
	const nothing = body === null || body === undefined || body === '';
	return new ProcoreUnexpectedAnswerError(
		`Procore was asked to ${context.what} and answered ${nothing ? 'nothing' : 'something else'} (HTTP ${answer.status})`,
		{
			remedy:
				'Check the API address in the "Procore OAuth2 API" credential: a proxy or login page may have answered instead. Whether anything was done is not known: look in Procore before you send it again.',
			httpStatus: answer.status,
			requestId: requestIdOf(answer),
			address: context.address,
			excerpt: pageExcerptOf(typeof body === 'string' ? body : jsonBeginning(body)),
			...(context.projectId ? { projectId: context.projectId } : {}),
		},
	);
}

/** An answer, or a list, that n8n should not have to bear. */
export function answerTooLarge(why: string, what?: string): ProcoreError {
	return new ProcoreAnswerTooLargeError(
		`Procore${what ? `, asked to ${what},` : ''} gave an answer that was refused: ${why}`,
		{
			remedy:
				'If a list of yours really is that long, raise "Largest Answer" in the "Procore OAuth2 API" credential, or ask for less at once. Otherwise something else answers in place of Procore: check the API address and any proxy.',
		},
	);
}

/** A redirect that is not followed. */
export function redirectRefused(
	answer: ProcoreAnswer,
	context: CallContext,
	why: string,
): ProcoreError {
	return new ProcoreRedirectRefusedError(
		`Procore was asked to ${context.what} and sent the request elsewhere (HTTP ${answer.status}), which was refused: ${why}`,
		{
			remedy:
				'Check the API address and the environment in the "Procore OAuth2 API" credential. If a proxy stands between, have it answer itself or let n8n reach Procore directly. The token was not sent on.',
			httpStatus: answer.status,
			requestId: requestIdOf(answer),
			address: context.address,
			...(context.projectId ? { projectId: context.projectId } : {}),
		},
	);
}

/** The server asks to wait longer than its own windows last. */
export function waitTooLong(
	answer: ProcoreAnswer,
	context: CallContext,
	header: string,
	askedMs: number,
): ProcoreError {
	const Kind = answer.status === 429 ? ProcoreRateLimitedError : ProcoreServerFaultError;
	return new Kind(
		`Procore refused to ${context.what} (HTTP ${answer.status}), and its header ${header} asks to wait ${Math.round(askedMs / 1000)} seconds: longer than its hourly limit lasts`,
		{
			remedy:
				'Nobody waits that long: run it again later. If it stays, a proxy writes that header; let n8n reach Procore directly.',
			httpStatus: answer.status,
			requestId: requestIdOf(answer),
			address: context.address,
			header,
			askedMs,
			...(context.projectId ? { projectId: context.projectId } : {}),
		},
	);
}
