import type { GpAccount } from '../model/gp-records';
import type { Reason } from './verdict';

export function companyLevel(account: string): Reason {
	return {
		code: 'company-level-account',
		message: `Account ${account} belongs to no single job; its cost code is made by the accounts of each job`,
		remedy: 'Nothing to do.',
	};
}

export function sameCode(costCode: string, bearer: string): Reason {
	return {
		code: 'same-cost-code',
		message: `Stands in Procore as cost code ${costCode}, which account ${bearer} brings`,
		remedy: 'Nothing to do.',
	};
}

export function stillUsed(account: GpAccount, costCode: string, other: string): Reason {
	return {
		code: 'shared-cost-code',
		message: `Account ${account.account} is inactive, but account ${other} stands behind the same cost code ${costCode}`,
		remedy: `If no account uses ${costCode} any more, deactivate it in Procore by hand.`,
	};
}

export function inactive(account: string): Reason {
	return {
		code: 'inactive-account',
		message: `Account ${account} is inactive in GP, and inactive accounts are left out by setting`,
		remedy: 'Nothing to do. To send it, change the inactive accounts setting.',
	};
}

export function noTarget(): Reason {
	return {
		code: 'no-job',
		message:
			'No Procore project is there, or none is linked to a GP job, that could get the cost code',
		remedy: 'Link a job to a project in the projects crosswalk table.',
	};
}
