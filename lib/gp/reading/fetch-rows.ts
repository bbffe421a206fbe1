import { excerptOf } from '../../model/foreign-text';
import { onOurServer } from '../addressing/resource-address';
import { GpNextLinkUnusable } from '../errors/answers';
import type { GpErrorContext } from '../errors/gp-error';
import { checkStatus } from '../response/check-status';
import { decodeBody } from '../response/decode-body';
import { findRows, type FoundRows, type RowRecogniser } from '../response/find-rows';
import type { ReaderServices } from './reader-services';

/** One answer of the service, read as rows. The server's link to the next page stays on our server. */
export async function fetchRows(
	services: ReaderServices,
	address: string,
	recogniser: RowRecogniser,
	responsePath: string | null,
	context: GpErrorContext,
): Promise<FoundRows> {
	const where: GpErrorContext = { ...context, address };
	const response = await services.send(address, where);
	checkStatus(response, where);
	if (response.status === 204)
		return { rows: [], path: '', next: null, unreadable: false, total: null, more: null };
	const { value } = await decodeBody(response, where);
	const details = () => ({
		...where,
		httpStatus: response.status,
		excerpt: excerptOf(response.body),
	});
	const found = findRows(value, recogniser, responsePath, details, response.headers);
	if (found.unreadable) throw new GpNextLinkUnusable(details(), 'it is no text');
	return found.next === null ? found : { ...found, next: followable(found.next) };

	function followable(link: string): string {
		try {
			return onOurServer(services.addresses.origin, address, link);
		} catch {
			throw new GpNextLinkUnusable(details(), 'it is no address');
		}
	}
}
