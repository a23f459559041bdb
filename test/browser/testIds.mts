/** The marks that n8n's editor carries for tests, all in one place: they may change with n8n. */
const TEST_IDS = {
	canvasAddButton: 'canvas-add-button',
	canvasNode: 'canvas-node',
	credentialEditButton: 'credential-edit-button',
	credentialModal: 'editCredential-modal',
	credentialSaveButton: 'credential-save-button',
	executeWorkflowButton: 'execute-workflow-button',
	executeStepButton: 'node-execute-button',
	inputPanel: 'ndv-input-panel',
	nodeCredentials: 'node-credentials-slot',
	nodeDetails: 'ndv',
	nodeErrorDescription: 'node-error-description',
	nodeErrorMessage: 'node-error-message',
	nodesPanel: 'node-creator',
	nodesPanelCategory: 'node-creator-category-item',
	nodesPanelItem: 'node-creator-item-name',
	nodesPanelSearch: 'node-creator-search-bar',
	outputPanel: 'output-panel',
	parameterField: 'parameter-item',
	parameterInput: 'parameter-input',
	resourceLocator: 'resource-locator',
	resourceLocatorRow: 'rlc-item',
	resourceLocatorSearch: 'rlc-search',
	schemaPreviewWarning: 'schema-preview-warning',
	schemaField: 'run-data-schema-item',
	tooltip: 'tooltip-content',
} as const;

/** The selector of one of the editor's parts; `detail` names one of many, such as the parameter of an input. */
export function part(name: keyof typeof TEST_IDS, detail?: string): string {
	const id = detail === undefined ? TEST_IDS[name] : `${TEST_IDS[name]}-${detail}`;
	return `[data-test-id="${id}"]`;
}
