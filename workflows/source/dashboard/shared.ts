export const newest = { newestBy: 'id' };
