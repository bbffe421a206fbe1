import { excerptOf, looksLikeHtml } from '../../model/foreign-text';
import { GpHtmlPage } from '../errors/answers';
import type { GpErrorContext } from '../errors/gp-error';
import {
	GpBusinessError,
	GpRecordNotFound,
	GpResourceNotOffered,
	GpUserNotAllowed,
} from '../errors/refusals';
import type { GpHttpResponse } from '../http';
import { bodyStart } from './decode-body';
import { serverMessage } from './server-message';

/**
 * Throws the error a status stands for; returns for 2xx. A record that is absent and a path that
 * is not offered are both 404: the latter comes as the service's own HTML page.
 */
export function checkStatus(response: GpHttpResponse, context: GpErrorContext): void {
	const { status } = response;
	if (status >= 200 && status < 300) return;
	const message = serverMessage(response) ?? undefined;
	const where: GpErrorContext = {
		...context,
		httpStatus: status,
		excerpt: excerptOf(response.body),
		...(message ? { serverMessage: message } : {}),
	};
	const html = looksLikeHtml(bodyStart(response));
	if (status === 403) throw new GpUserNotAllowed(where);
	const wrongPlace =
		(html && /endpoint|no (?:http )?resource/i.test(message ?? '')) ||
		/\b(company|tenant)\b/i.test(message ?? '');
	if (status === 404 && context.key && !wrongPlace) {
		throw new GpRecordNotFound(where);
	}
	if (status === 404 || status === 405 || status === 501) throw new GpResourceNotOffered(where);
	// A refused user may also come as 400 or 500; the words decide.
	if (
		message &&
		/not allowed to use microsoft dynamics gp|access (?:is )?denied|not authorized|unauthori[sz]ed/i.test(
			message,
		)
	) {
		throw new GpUserNotAllowed(where);
	}
	if (html || (status >= 300 && status < 400)) throw new GpHtmlPage(where);
	throw new GpBusinessError(where);
}
