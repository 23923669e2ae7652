// The people who can sign in at the foreign issuer. Their names differ from those of the dev issuer, so that no test mixes the two up.
export const users = new Map([
  ['carol', { password: 'carol-foreign-only', name: 'Carol Foreign', groups: ['platform'] }],
  ['dave', { password: 'dave-foreign-only', name: 'Dave Foreign', groups: ['platform', 'sre'] }],
]);

export async function findAccount(_context, id) {
  const user = users.get(id);
  if (!user) return undefined;
  return {
    accountId: id,
    claims: async () => ({ sub: id, name: user.name, preferred_username: id, groups: user.groups }),
  };
}
