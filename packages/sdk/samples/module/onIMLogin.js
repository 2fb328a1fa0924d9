// Shows the connection in the head of the page; the numbers of the steps differ by platform.
var nim = api.require('nim');
var steps =
  api.systemType === 'android'
    ? { 2: 'offline', 3: 'connecting', 4: 'logging in', 5: 'loading', 6: 'online' }
    : { 1: 'connecting', 4: 'logging in', 5: 'logged in', 7: 'loading', 8: 'online', 9: 'offline' };

nim.onIMLogin(function (ret) {
  console.log(steps[ret.step] || `step ${ret.step}`);
});

nim.login({ userId: '1001', password: '1qaz2wsx' });
