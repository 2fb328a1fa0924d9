// Reads the blacklist again whenever it changes, here or on another device.
var nim = api.require('nim');

nim.onBlackListChanged(function () {
  nim.myBlackList(function (ret, err) {
    if (ret) console.log(`${ret.users.length} users blocked`);
    else console.error(err.errorMessage);
  });
});

nim.addToBlackList({ userId: '1003' });
