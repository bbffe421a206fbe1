/** What the parts of the errors template share. */
export const FAILURE = "$('A workflow failed')";
export const EVALUATED = "$('Evaluate alerts').first().json";
/** A channel that fails keeps neither the others from being used, nor the alert from being told next time. */
export const CHANNEL = { disabled: true, onError: 'continueErrorOutput' };
