// Hides the input line in the chat of a team that the user has left.
var nim = api.require('nim');

var canWrite = nim.isMyTeam({ teamId: '64430396' });
console.log(canWrite ? 'Write something' : 'You are no longer in this team');
