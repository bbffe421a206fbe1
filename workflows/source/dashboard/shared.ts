export const GP_TO_PROCORE = 'n8n-nodes-dynamics-gp-procore.gpToProcore';
export const ONCE = { executeOnce: true };
/** A read that finds nothing, or no table, still hands on one item: the page then says so. */
export const READ = {
	executeOnce: true,
	alwaysOutputData: true,
	onError: 'continueRegularOutput',
};
export const newest = { newestBy: 'id' };
