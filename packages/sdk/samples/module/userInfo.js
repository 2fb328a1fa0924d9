// The card of a friend: name, remark, and whether the two are on good terms.
var nim = api.require('nim');

nim.userInfo({ userId: '1002' }, function (ret, err) {
  if (err) return console.error(err.errorMessage);
  console.log(ret.alias || ret.userInfo.nickName);
  console.log(`Messages ${ret.notifyForNewMsg ? 'ring' : 'are quiet'}`);
  console.log(ret.isInMyBlackList ? 'Blocked' : ret.userInfo.sign);
});
