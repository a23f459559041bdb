/** The account that every n8n started here belongs to. It guards nothing but a sandbox. */
export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Sandbox',
	lastName: 'Owner',
	password: 'Sandbox-owner-1',
	/** bcrypt of the password: n8n takes no plain one from its environment. */
	passwordHash: '$2a$10$PLK5ZJufFdnT7ZvxSq9k0etXVPsp21ymNKfOaU0OeYhfA3Z8tuWAC',
} as const;
