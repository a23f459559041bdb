const localAddress = 'http://localhost/';

/** The addresses of an n8n, as the engine makes them known to expressions; nothing listens there. */
export const localAddresses = {
	restApiUrl: localAddress,
	instanceBaseUrl: localAddress,
	formWaitingBaseUrl: localAddress,
	webhookBaseUrl: localAddress,
	webhookWaitingBaseUrl: localAddress,
	webhookTestBaseUrl: localAddress,
};
