/** What the parts of the replay template share. */
export const ASKED = "$('What is asked for').first().json";
export const PLAN = "$('Plan requests').first().json";
