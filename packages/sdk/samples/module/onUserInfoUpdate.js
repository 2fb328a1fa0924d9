// Redraws a user's name and picture everywhere when the profile changes.
var nim = api.require('nim');
var names = {};

nim.onUserInfoUpdate(function (user) {
  names[user.account] = user.nickName;
  console.log(`${user.account} is now called ${user.nickName}`);
});

nim.updateMyUserInfo({ nickname: 'Ann of the sea' });
