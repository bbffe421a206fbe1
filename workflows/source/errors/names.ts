/** What the parts of the errors template share. */
export const GP_TO_PROCORE = 'n8n-nodes-dynamics-gp-procore.gpToProcore';
export const ONCE = { executeOnce: true };
/** A table that is not there yet must not keep an alert from being told. */
export const READ = { executeOnce: true, alwaysOutputData: true, onError: 'continueRegularOutput' };
/** A channel that fails keeps neither the others from being used, nor the alert from being told next time. */
export const CHANNEL = { disabled: true, onError: 'continueErrorOutput' };
export const FAILURE = "$('A workflow failed')";
export const EVALUATED = "$('Evaluate alerts').first().json";
export const rows = (node: string) => `={{ $('${node}').all().map(row => row.json) }}`;
