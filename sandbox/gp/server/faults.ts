const FAULT_KINDS = [
	'status',
	'htmlPage',
	'truncatedJson',
	'errorBody',
	'wrongContentType',
	'emptyBody',
	'unavailable',
	'hang',
	'reset',
] as const;

/** Something that goes wrong on purpose. */
export interface Fault {
	/**
	 * status: `status` with a short body · htmlPage: WCF's HTML fault page with 200 · truncatedJson: the
	 * right answer cut in half · errorBody: 200 with {"Message":…} · wrongContentType: the right body as
	 * text/html · emptyBody: 200 and nothing · unavailable: HTTP.sys' 503 page before authentication ·
	 * hang: no answer ever · reset: the socket is destroyed after half of the answer.
	 */
	kind: (typeof FAULT_KINDS)[number];
	status?: number;
	/** Case-insensitive text the decoded path and query must contain; absent = any. */
	match?: string;
	/** How many requests it hits; absent = until removed. */
	times?: number;
	/** For `status`: before authentication, as a proxy would. */
	beforeAuthentication?: boolean;
	/** For 429, 503: Retry-After in seconds. */
	retryAfter?: number;
}

/** The faults in force. Each request takes at most one. */
export class Faults {
	private list: Fault[] = [];

	set(faults: Fault[]): void {
		for (const fault of faults) {
			if (!FAULT_KINDS.includes(fault.kind)) {
				throw new Error(`there is no fault "${fault.kind}"; there are ${FAULT_KINDS.join(', ')}`);
			}
		}
		this.list = faults.map((fault) => ({ ...fault }));
	}

	get(): Fault[] {
		return this.list.map((fault) => ({ ...fault }));
	}

	/** Takes the first fault that fits, counting it down. */
	take(url: string, authenticated: boolean): Fault | null {
		const text = decoded(url).toLowerCase();
		const fault = this.list.find(
			(one) =>
				(one.kind === 'unavailable' || one.beforeAuthentication === true) !== authenticated &&
				(one.match === undefined || text.includes(one.match.toLowerCase())),
		);
		if (!fault) return null;
		if (fault.times !== undefined) {
			fault.times -= 1;
			if (fault.times <= 0) this.list = this.list.filter((one) => one !== fault);
		}
		return fault;
	}
}

function decoded(url: string): string {
	try {
		return decodeURIComponent(url);
	} catch {
		return url;
	}
}

/** What HTTP.sys answers when the Windows service behind an address is stopped. */
export const SERVICE_UNAVAILABLE_PAGE =
	'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n' +
	'<HTML><HEAD><TITLE>Service Unavailable</TITLE></HEAD>\r\n' +
	'<BODY><h2>Service Unavailable</h2><hr><p>HTTP Error 503. The service is unavailable.</p></BODY></HTML>';

/** WCF's page for faults and unknown addresses. */
export function faultPage(title: string, text: string): string {
	return (
		`<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" ` +
		`"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml">` +
		`<head><title>${title}</title></head><body><div id="content"><p class="heading1">${title}</p>` +
		`<p>${text}</p></div></body></html>`
	);
}
