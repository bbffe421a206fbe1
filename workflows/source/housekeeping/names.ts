/** What the parts of the housekeeping template share. */
export const SETTINGS = "$('Settings').first().json";
export const ASKED = "$('What to export').first().json";
/** Which runs are looked at tonight. */
export const NIGHT = "$('Which runs?').first().json";
