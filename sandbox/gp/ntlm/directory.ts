/** Documented sandbox account: what the demo's Dynamics GP credential uses. */
export const SANDBOX_ACCOUNT = {
	domain: 'CONTOSO',
	user: 'gpsvc',
	password: 'P@ssw0rd-1',
} as const;

export interface WindowsAccount {
	domain: string;
	user: string;
	password: string;
	/** False: Windows knows the account, GP does not (User Setup, Directory Account is empty). */
	mappedInGp?: boolean;
	/** Display names of the companies the GP user may open; absent = all. */
	companies?: string[];
}

export interface AccountCounters {
	attempts: number;
	accepted: number;
	rejected: number;
	locked: boolean;
}

/** The Active Directory of the sandbox: accounts, what was tried on them, and lock-out. */
export class Directory {
	readonly counters: Record<string, AccountCounters> = {};

	constructor(
		readonly accounts: WindowsAccount[],
		/** DNS name behind user@domain logins. */
		readonly dnsDomain: string,
		/** Rejected logins before an account locks; 0 = never. */
		public lockOutAfter: number,
	) {}

	/** Finds by DOMAIN\user, by user alone (domain empty), or by user@dns.domain; case does not matter. */
	find(domain: string, user: string): WindowsAccount | undefined {
		const at = domain === '' ? user.lastIndexOf('@') : -1;
		const name = at < 0 ? user : user.slice(0, at);
		const suffix = at < 0 ? null : user.slice(at + 1);
		if (suffix !== null && !same(suffix, this.dnsDomain)) return undefined;
		return this.accounts.find(
			(account) =>
				same(account.user, name) &&
				(domain === '' || same(account.domain, domain) || same(this.dnsDomain, domain)),
		);
	}

	/** Books one attempt; returns whether it stands (a locked account refuses the right password too). */
	book(domain: string, user: string, passwordFits: boolean): boolean {
		const account = this.find(domain, user);
		const name = account ? `${account.domain}\\${account.user}` : `${domain}\\${user}`;
		const counter = (this.counters[name] ??= {
			attempts: 0,
			accepted: 0,
			rejected: 0,
			locked: false,
		});
		counter.attempts += 1;
		const accepted = account !== undefined && passwordFits && !counter.locked;
		if (accepted) counter.accepted += 1;
		else counter.rejected += 1;
		if (this.lockOutAfter > 0 && counter.rejected >= this.lockOutAfter) counter.locked = true;
		return accepted;
	}

	reset(): void {
		for (const name of Object.keys(this.counters)) delete this.counters[name];
	}
}

function same(left: string, right: string): boolean {
	return left.toUpperCase() === right.toUpperCase();
}
