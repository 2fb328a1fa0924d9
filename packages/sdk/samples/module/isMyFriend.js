// Shows the button "Add friend" on the cards of strangers only.
var nim = api.require('nim');

if (!nim.isMyFriend({ account: '1004' })) {
  console.log('Add 1004 as a friend');
}
