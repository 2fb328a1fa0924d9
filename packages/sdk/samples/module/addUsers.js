// Invites a colleague to a team; where consent is needed the invitation waits for it.
var nim = api.require('nim');

nim.addUsers({ teamId: '64430396', users: ['1004'], postscript: 'Come and join us' }, function (ret, err) {
  if (ret) console.log('Invitation on its way');
  else if (err.errorCode === 801) console.error('The team is full');
  else console.error(err.errorMessage);
});
