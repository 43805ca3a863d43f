// The page works without this: it only adds the search field and the copy buttons.
(() => {
  const find = document.getElementById('find');
  if (find) {
    find.closest('.search').hidden = false;
    const rows = [...document.querySelectorAll('tr[data-row]')];
    find.addEventListener('input', () => {
      const wanted = find.value.trim().toLowerCase();
      for (const row of rows) row.hidden = wanted !== '' && !row.textContent.toLowerCase().includes(wanted);
    });
  }
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll('button[data-copy]')) {
    button.hidden = false;
    const label = button.textContent;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = label; }, 1500);
    });
  }
})();
