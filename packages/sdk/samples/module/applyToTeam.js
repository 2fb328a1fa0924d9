// Asks the managers of a team to be let in.
var nim = api.require('nim');

nim.applyToTeam({ teamId: '64430400', message: 'I work on the first floor' }, function (ret, err) {
  if (ret) console.log('The managers will decide');
  else if (err.errorCode === 809) console.log('You are in already');
  else console.error(err.errorMessage);
});
