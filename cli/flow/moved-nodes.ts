const PACKAGE = 'n8n-nodes-dynamics-gp-procore';

/** Types that a release split off from another: after 0.3.0 the steps of the shipped workflows. */
const SPLIT_OFF: Record<string, string> = {
	[`${PACKAGE}.gpToProcoreEngine`]: `${PACKAGE}.gpToProcore`,
};

/** Whether an installed node can be the template's: it is of the same type, or of the one that had its operations. */
export function mayBecome(installed: string, shipped: string): boolean {
	return installed === shipped || SPLIT_OFF[shipped] === installed;
}
