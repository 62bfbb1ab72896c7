/**
 * The page's only script. Without it, or where the browser forbids it, the key is selected by one
 * click and copied by hand.
 */
export const COPY_SCRIPT = `
document.addEventListener('click', async (event) => {
	const button = event.target.closest('[data-copy]');
	if (!button) return;
	const key = document.getElementById(button.dataset.copy);
	const label = button.firstElementChild;
	const status = document.getElementById('copy-status');
	try {
		await navigator.clipboard.writeText(key.textContent);
		status.textContent = 'Copied.';
		label.textContent = 'Copied';
		setTimeout(() => { label.textContent = 'Copy'; status.textContent = ''; }, 2000);
	} catch {
		getSelection().selectAllChildren(key);
		status.textContent = 'The key is selected. Copy it with the keyboard.';
	}
});
`;
