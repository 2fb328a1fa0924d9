// A settings page: leaves the account and goes back to the login page.
var nim = api.require('nim');

function openLoginPage() {
  console.log('Please log in');
}

nim.logout(function (ret, err) {
  if (ret) openLoginPage();
  else console.error(`Still logged in: ${err.errorMessage}`);
});
