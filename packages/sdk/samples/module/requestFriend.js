// Asks another user to become a friend.
var nim = api.require('nim');
var ASK = 2;

nim.requestFriend({ userId: '1004', operation: ASK, message: 'We met at the harbour' }, function (ret, err) {
  if (ret) console.log('Request sent');
  else console.error(err.errorCode === 417 ? 'You are friends already' : err.errorMessage);
});
