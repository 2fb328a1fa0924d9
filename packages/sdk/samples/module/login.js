// A login page: lets the user in and shows why when it fails.
var nim = api.require('nim');

nim.login({ userId: '1001', password: '1qaz2wsx' }, function (ret, err) {
  if (err) {
    console.error(`Login failed: ${err.errorCode} ${err.errorMessage}`);
    return;
  }
  console.log(`Welcome, ${ret.userId}`);
});
