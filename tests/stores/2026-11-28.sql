BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'inbox-agent','0001_house','2026-11-30 00:28:47.074930+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'inbox-agent','0002_duties','2026-11-30 00:28:47.075544+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'inbox-agent','0003_identity','2026-11-30 00:28:47.084342+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'inbox-agent','0004_withheld','2026-11-30 00:28:47.085125+00:00');
CREATE TABLE cases (
        id integer primary key,
        year integer not null,
        serial integer not null check (serial > 0),
        number text generated always as (printf('%d-%04d', year, serial)) stored unique,
        status text not null check (status in ('candidate', 'open', 'waiting', 'closed', 'dismissed', 'purged')),
        subject_name text,
        subject_address text,
        subject_key text,
        sought text,
        flags text,
        language text not null,
        received_at text not null,
        received_on text not null,
        identity_level text not null check (identity_level in ('L0', 'L1', 'L2', 'L3', 'L4')),
        identity_required text not null check (identity_required in ('L0', 'L1', 'L2', 'L3', 'L4')),
        promise_on text,
        opened_at text not null,
        closed_at text,
        unique (year, serial),
        check ((status in ('closed', 'dismissed', 'purged')) = (closed_at is not null)),
        check (status <> 'purged' or coalesce(subject_name, subject_address, subject_key, sought, flags) is null)
    ) strict
    ;
INSERT INTO "cases" VALUES(1,2026,1,'open','Maija Mallikas','maija@posti.example','maija@posti.example','maija mallikas maija@posti.example','[]','fi','2026-11-23T08:00:00.000000+00:00','2026-11-23','L0','L2','2026-12-23','2026-11-23T08:00:00.000000+00:00',NULL);
CREATE TABLE codes (
        id integer primary key,
        case_id integer not null references cases (id),
        draft_id integer not null unique references drafts (id),
        salt text not null,
        digest text not null,
        wrong integer not null default 0 check (wrong between 0 and 5),
        used_at text,
        check (used_at is null or wrong < 5)
    ) strict
    ;
CREATE TABLE contacts (
        case_id integer primary key references cases (id),
        match text not null check (match in ('exact', 'chosen', 'near', 'several', 'none')),
        name text not null,
        address text not null,
        phone text not null,
        number text not null,
        protected integer not null check (protected in (0, 1)),
        changed_on text,
        check (match in ('exact', 'chosen') or address = '')
    ) strict
    ;
CREATE TABLE cursors (
        account text not null,
        folder text not null,
        uidvalidity integer not null,
        last_uid integer not null, since text, held integer not null default 0,
        primary key (account, folder)
    ) strict, without rowid
    ;
INSERT INTO "cursors" VALUES('tietosuoja@yritys.example@imap.yritys.example','INBOX',1,5,NULL,5);
CREATE TABLE deliveries (
        draft_id integer primary key references drafts (id),
        message_id text not null unique,
        claimed_at text not null,
        attempts integer not null check (attempts > 0),
        settled_at text,
        answer text
    ) strict
    ;
INSERT INTO "deliveries" VALUES(1,'<kirje-1@yritys.example>','2026-11-23T15:30:00.000000+00:00',1,'2026-11-23T15:30:00.000000+00:00','250 ok');
CREATE TABLE draft_requests (
        draft_id integer not null references drafts (id),
        request_id integer not null references requests (id),
        primary key (draft_id, request_id)
    ) strict, without rowid
    ;
INSERT INTO "draft_requests" VALUES(1,1);
CREATE TABLE drafts (
        id integer primary key,
        case_id integer not null references cases (id),
        letter text not null,
        status text not null check (status in ('proposed', 'approved', 'sending', 'sent', 'refused', 'uncertain',
            'rejected', 'superseded')),
        language text not null,
        template text not null,
        to_name text,
        to_address text,
        in_reply_to text,
        reference_ids text,
        subject text,
        body text,
        original_body text,
        facts text,
        text_hash text not null,
        created_at text not null,
        approved_by text check (approved_by glob 'person:?*'),
        approved_at text,
        approved_hash text check (approved_hash = text_hash),
        not_before text,
        check ((approved_by is null) = (approved_at is null)),
        check ((approved_by is null) = (approved_hash is null)),
        check ((approved_by is null) = (not_before is null)),
        check ((status in ('approved', 'sending', 'sent', 'refused', 'uncertain')) = (approved_hash is not null))
    ) strict
    ;
INSERT INTO "drafts" VALUES(1,1,'identity_question','sent','fi','identity_question','Maija Mallikas','maija@posti.example','<1@posti.example>','["<1@posti.example>"]','Asia 2026-0001','Hyvä Maija Mallikas

Vahvistamme saaneemme pyyntönne 23.11.2026. Ymmärsimme, että pyydätte tietoa siitä, mitä henkilötietojanne käsittelemme, ja jäljennöstä tiedoista.

Ennen kuin vastaamme, meidän on varmistettava, että pyyntö on teidän. Sähköpostiviestistä ei yksin näe, kuka sen todella lähetti, ja vastaus pyyntöön kuuluu vain sille, jota tiedot koskevat (EU:n yleisen tietosuoja-asetuksen 12 artiklan 6 kohta). Emme voi tässä vaiheessa vahvistaa, käsittelemmekö pyynnössä tarkoitettuja tietoja.

Valitkaa näistä yksi, teille helpoin tapa:

a) Kertakäyttöinen koodi. Kirjoittakaa vastaukseksi "koodi". Jos meillä on teihin jo aiemmin saatu yhteystieto, lähetämme koodin siihen, ja te kirjoitatte sen meille.
b) Soitto. Kirjoittakaa vastaukseksi "soitto" ja sopiva aika. Soitamme vain numeroon, jonka olemme jo aiemmin saaneet, emme viestissä annettuun numeroon.
c) Viesti toisesta osoitteesta. Jos olette asioinut kanssamme toisesta sähköpostiosoitteesta, lähettäkää siitä viesti, jossa on asian numero 2026-0001 ja mahdollinen asiakasnumero.

Jos mikään näistä ei sovi, kertokaa: etsimme yhdessä muun tavan. Älkää lähettäkö henkilötunnusta älkääkä kuvaa henkilöllisyystodistuksesta. Emme tarvitse niitä.

Määräaika kuluu, vaikka odotamme varmistusta: vastaamme viimeistään ke 23.12.2026. Vastatkaa siksi mielellään muutaman päivän kuluessa. Jos varmistus jää tulematta, kerromme viimeistään silloin, miksi emme voi täyttää pyyntöä ja miten asia voi jatkua.

Jos teillä on kysyttävää, vastatkaa tähän viestiin tai soittakaa numeroon 040 000 0000.

Ystävällisin terveisin

Helmi Ruokojärvi
Esimerkki Oy, Y-tunnus 1234567-1
Mallikatu 1, 00100 Helsinki
helmi.ruokojarvi@yritys.example, 040 000 0000

Asia 2026-0001, 23.11.2026
','Hyvä Maija Mallikas

Vahvistamme saaneemme pyyntönne 23.11.2026. Ymmärsimme, että pyydätte tietoa siitä, mitä henkilötietojanne käsittelemme, ja jäljennöstä tiedoista.

Ennen kuin vastaamme, meidän on varmistettava, että pyyntö on teidän. Sähköpostiviestistä ei yksin näe, kuka sen todella lähetti, ja vastaus pyyntöön kuuluu vain sille, jota tiedot koskevat (EU:n yleisen tietosuoja-asetuksen 12 artiklan 6 kohta). Emme voi tässä vaiheessa vahvistaa, käsittelemmekö pyynnössä tarkoitettuja tietoja.

Valitkaa näistä yksi, teille helpoin tapa:

a) Kertakäyttöinen koodi. Kirjoittakaa vastaukseksi "koodi". Jos meillä on teihin jo aiemmin saatu yhteystieto, lähetämme koodin siihen, ja te kirjoitatte sen meille.
b) Soitto. Kirjoittakaa vastaukseksi "soitto" ja sopiva aika. Soitamme vain numeroon, jonka olemme jo aiemmin saaneet, emme viestissä annettuun numeroon.
c) Viesti toisesta osoitteesta. Jos olette asioinut kanssamme toisesta sähköpostiosoitteesta, lähettäkää siitä viesti, jossa on asian numero 2026-0001 ja mahdollinen asiakasnumero.

Jos mikään näistä ei sovi, kertokaa: etsimme yhdessä muun tavan. Älkää lähettäkö henkilötunnusta älkääkä kuvaa henkilöllisyystodistuksesta. Emme tarvitse niitä.

Määräaika kuluu, vaikka odotamme varmistusta: vastaamme viimeistään ke 23.12.2026. Vastatkaa siksi mielellään muutaman päivän kuluessa. Jos varmistus jää tulematta, kerromme viimeistään silloin, miksi emme voi täyttää pyyntöä ja miten asia voi jatkua.

Jos teillä on kysyttävää, vastatkaa tähän viestiin tai soittakaa numeroon 040 000 0000.

Ystävällisin terveisin

Helmi Ruokojärvi
Esimerkki Oy, Y-tunnus 1234567-1
Mallikatu 1, 00100 Helsinki
helmi.ruokojarvi@yritys.example, 040 000 0000

Asia 2026-0001, 23.11.2026
','{}','7867664d895fffefc1a60e4198ef5110fd4dc6397f889a3d405386c968e68f71','2026-11-23T15:30:00.000000+00:00','person:Helmi Esimerkki','2026-11-23T15:30:00.000000+00:00','7867664d895fffefc1a60e4198ef5110fd4dc6397f889a3d405386c968e68f71','2026-11-23T15:30:00.000000+00:00');
CREATE TABLE duties (
        id integer primary key,
        case_id integer not null references cases (id),
        request_id integer references requests (id),
        kind text not null,
        status text not null check (status in ('open', 'done', 'cancelled')),
        due_on text not null,
        counting text not null check (counting in ('on', 'days', 'working_days')),
        start_on text not null,
        days integer not null,
        about text,
        opened_at text not null,
        settled_at text,
        check ((status = 'open') = (settled_at is null))
    ) strict
    ;
CREATE TABLE events (
        seq integer primary key,
        at text not null,
        actor text not null,
        act text not null,
        entity text not null,
        entity_id integer not null,
        case_id integer references cases (id),
        old text,
        new text,
        facts text not null,
        prev_hash text not null,
        hash text not null unique
    ) strict
    ;
INSERT INTO "events" VALUES(1,'2026-11-23T08:00:00.000000+00:00','agent','case_opened','case',1,1,NULL,'open','{"number":"2026-0001","received_on":"2026-11-23"}','0000000000000000000000000000000000000000000000000000000000000000','df9801a303c9d258b9ed413f7b8ded408d90d623d2e4066bddbc7fa95a53e484');
INSERT INTO "events" VALUES(2,'2026-11-23T08:00:00.000000+00:00','agent','request_opened','request',1,1,NULL,'open','{"backstop":"2026-12-23","kind":"access","promise":"2026-12-23","received_on":"2026-11-23","target":"2026-12-23"}','df9801a303c9d258b9ed413f7b8ded408d90d623d2e4066bddbc7fa95a53e484','1efa4765ee4a25706374f29c04e22d444f1131d21d790cf0342c4faf60d3b0f8');
INSERT INTO "events" VALUES(3,'2026-11-23T08:00:00.000000+00:00','agent','message_filed','message',1,1,NULL,'filed','{"relation":"opening"}','1efa4765ee4a25706374f29c04e22d444f1131d21d790cf0342c4faf60d3b0f8','9a41cc44eb6514eeb5dbd387de228fb623d07d62081ec09f3588b8aeae66cddf');
INSERT INTO "events" VALUES(4,'2026-11-23T08:00:00.000000+00:00','agent','message_set_aside','message',2,NULL,NULL,'set_aside','{"reason":"not_a_request"}','9a41cc44eb6514eeb5dbd387de228fb623d07d62081ec09f3588b8aeae66cddf','e44f1e3ce4911bdf0936f21abe3b7270492b2a60624548d9c6001315936d1073');
INSERT INTO "events" VALUES(5,'2026-11-23T08:00:00.000000+00:00','agent','message_quarantined','message',3,NULL,NULL,'quarantined','{"reason":"unreadable"}','e44f1e3ce4911bdf0936f21abe3b7270492b2a60624548d9c6001315936d1073','34be635da7b9a8c26d87eaee6ba61c54a8a6fef0f2e8e83132e98a352ddc54e3');
INSERT INTO "events" VALUES(6,'2026-11-23T08:12:00.000000+00:00','agent','message_quarantined','message',4,NULL,NULL,'quarantined','{"reason":"not_given"}','34be635da7b9a8c26d87eaee6ba61c54a8a6fef0f2e8e83132e98a352ddc54e3','08bc30dcafa2514f1642190ee388aa8ef98978c2274410cf98a072e58006e7ee');
INSERT INTO "events" VALUES(7,'2026-11-23T08:12:00.000000+00:00','agent','message_quarantined','message',5,NULL,NULL,'quarantined','{"reason":"not_given"}','08bc30dcafa2514f1642190ee388aa8ef98978c2274410cf98a072e58006e7ee','0a8ec6016389fd47bad42fd31c2255266a1a626bdd66894df934060dbc394a2c');
INSERT INTO "events" VALUES(8,'2026-11-23T15:30:00.000000+00:00','agent','draft_proposed','draft',1,1,NULL,'proposed','{"hash":"7867664d895fffefc1a60e4198ef5110fd4dc6397f889a3d405386c968e68f71","letter":"identity_question","template":"identity_question"}','0a8ec6016389fd47bad42fd31c2255266a1a626bdd66894df934060dbc394a2c','721a72f663b04a06da34269bf5525ebe8cc2eb387a70e73f74cc66b313f54f50');
INSERT INTO "events" VALUES(9,'2026-11-23T15:30:00.000000+00:00','person:Helmi Esimerkki','draft_approved','draft',1,1,'proposed','approved','{"hash":"7867664d895fffefc1a60e4198ef5110fd4dc6397f889a3d405386c968e68f71"}','721a72f663b04a06da34269bf5525ebe8cc2eb387a70e73f74cc66b313f54f50','58ff1368d06bca2515c8f25c63ac429ff934c93ba858c6ac8fbff32e82600be6');
INSERT INTO "events" VALUES(10,'2026-11-23T15:30:00.000000+00:00','agent','sending_claimed','draft',1,1,'approved','sending','{"attempt":1,"hash":"7867664d895fffefc1a60e4198ef5110fd4dc6397f889a3d405386c968e68f71","message_id":"<kirje-1@yritys.example>"}','58ff1368d06bca2515c8f25c63ac429ff934c93ba858c6ac8fbff32e82600be6','0ed571a6e7ac1d0685ef4320d41f2d8ba34246a97aba82f2577f12ef50aaea70');
INSERT INTO "events" VALUES(11,'2026-11-23T15:30:00.000000+00:00','agent','draft_sent','draft',1,1,'sending','sent','{}','0ed571a6e7ac1d0685ef4320d41f2d8ba34246a97aba82f2577f12ef50aaea70','a21aaf454d39785c1d29c0b065c1f19f618aadaac096290fe3af1df1b0083339');
INSERT INTO "events" VALUES(12,'2026-11-23T15:30:00.000000+00:00','agent','reminder_claimed','reminder',1,1,NULL,NULL,'{"on":"2026-12-15","rung":"target-5"}','a21aaf454d39785c1d29c0b065c1f19f618aadaac096290fe3af1df1b0083339','395cca6a9df369743aa70f06cb528df38c48b61f780828b044814f1379382152');
CREATE TABLE messages (
        id integer primary key,
        content_hash text not null unique,
        case_id integer references cases (id),
        relation text check (relation in ('opening', 'follow_up')),
        status text not null check (status in ('filed', 'set_aside', 'quarantined')),
        reason text,
        received_at text not null,
        message_id text,
        sender_name text,
        sender_address text,
        subject text,
        sent_at text,
        kind text not null,
        language text not null,
        verdict text not null,
        analysis text,
        erased integer not null default 0 check (erased in (0, 1)),
        check (erased = 0 or coalesce(message_id, sender_name, sender_address, subject, analysis) is null),
        check ((status = 'filed') = (reason is null)),
        check (status <> 'filed' or case_id is not null),
        check (status <> 'quarantined' or case_id is null),
        check ((case_id is null) = (relation is null))
    ) strict
    ;
INSERT INTO "messages" VALUES(1,'a12fb1a63ccb526f029fb22cf1bb7dc94e2b227bf2d1bcfa690c52480194bd76',1,'opening','filed',NULL,'2026-11-23T08:00:00.000000+00:00','<1@posti.example>','Maija Mallikas','maija@posti.example','Omat tietoni','2026-11-23T07:01:00.000000+00:00','mail','fi','request','{"against":[{"phrase":"henkil\u00f6tiedoista, joita","type":"request"}],"attachment_only":false,"deadline":{"backstop":"2026-12-23","extension":{"backstop":"2027-02-23","promise":"2027-02-23","target":"2027-02-23"},"promise":"2026-12-23","received":"2026-11-23","target":"2026-12-23"},"evidence":[{"phrase":"K\u00e4yt\u00e4n tarkastusoikeuttani ja pyyd\u00e4n j\u00e4ljenn\u00f6ksen kaikista henkil\u00f6tiedoista, joita minusta","type":"access"}],"flags":[],"forwarded":null,"identity":{"address_authenticated":false,"auth":"none","level":"L0","reasons":["not_authenticated"],"required":"L2"},"message":{"attachments":[],"date":"2026-11-23T07:01:00+00:00","defects":[],"from":{"address":"maija@posti.example","name":"Maija Mallikas"},"kind":"mail","language":"fi","message_id":"<1@posti.example>","new_text":"K\u00e4yt\u00e4n tarkastusoikeuttani ja pyyd\u00e4n j\u00e4ljenn\u00f6ksen kaikista henkil\u00f6tiedoista, joita minusta k\u00e4sittelette.","references":[],"subject":"Omat tietoni","text":"K\u00e4yt\u00e4n tarkastusoikeuttani ja pyyd\u00e4n j\u00e4ljenn\u00f6ksen kaikista henkil\u00f6tiedoista, joita minusta k\u00e4sittelette."},"needs_human":false,"reply_to":null,"types":["access"],"verdict":"request"}',0);
INSERT INTO "messages" VALUES(2,'f0f9ea2a21f4e575110580fa57fef5946d47281337e77759f7166b1e7b7b9962',NULL,NULL,'set_aside','not_a_request','2026-11-23T08:00:00.000000+00:00','<2@posti.example>','Maija Mallikas','maija@posti.example','Kiitos','2026-11-23T07:02:00.000000+00:00','mail','fi','not_request','{"against":[{"phrase":"Palaan asiaan ensi viikolla","type":"request"}],"attachment_only":false,"deadline":null,"evidence":[],"flags":[],"forwarded":null,"identity":{"address_authenticated":false,"auth":"none","level":"L0","reasons":["not_authenticated"],"required":"L2"},"message":{"attachments":[],"date":"2026-11-23T07:02:00+00:00","defects":[],"from":{"address":"maija@posti.example","name":"Maija Mallikas"},"kind":"mail","language":"fi","message_id":"<2@posti.example>","new_text":"Hei, kiitos eilisest\u00e4 kokouksesta! Palaan asiaan ensi viikolla.","references":[],"subject":"Kiitos","text":"Hei, kiitos eilisest\u00e4 kokouksesta! Palaan asiaan ensi viikolla."},"needs_human":false,"reply_to":null,"types":[],"verdict":"not_request"}',0);
INSERT INTO "messages" VALUES(3,'736a14b6f433832c18b8737ddb9578539e9a1cebbb23f9236fc4b3fa9f1ad614',NULL,NULL,'quarantined','unreadable','2026-11-23T08:00:00.000000+00:00',NULL,'','','',NULL,'mail','fi','unsure','{"against":[{"phrase":"\u00ff\ufffdgarbage","type":"request"}],"attachment_only":false,"deadline":{"backstop":"2026-12-23","extension":{"backstop":"2027-02-23","promise":"2027-02-23","target":"2027-02-23"},"promise":"2026-12-23","received":"2026-11-23","target":"2026-12-23"},"evidence":[{"phrase":"garbage","type":"marketing_objection"}],"flags":["no_from"],"forwarded":null,"identity":{"address_authenticated":false,"auth":"none","level":"L0","reasons":["not_authenticated"],"required":"L0"},"message":{"attachments":[],"date":null,"defects":["no_date","no_message_id","nul","unreadable"],"from":{"address":"","name":""},"kind":"mail","language":"fi","message_id":null,"new_text":"\u00ff\ufffdgarbage","references":[],"subject":"","text":"\u00ff\ufffdgarbage"},"needs_human":true,"reply_to":null,"types":["marketing_objection"],"verdict":"unsure"}',0);
INSERT INTO "messages" VALUES(4,'745523c50a29705eb94ed88fb8a41078a093a427a315f177cdc547ddcfed4214',NULL,NULL,'quarantined','not_given','2026-11-23T08:12:00.000000+00:00',NULL,'','','',NULL,'mail','fi','unsure','{"against":[],"attachment_only":false,"deadline":null,"evidence":[],"flags":[],"forwarded":null,"identity":{"address_authenticated":false,"auth":"none","level":"L0","reasons":[],"required":"L0"},"message":{"attachments":[],"date":null,"defects":["unreadable"],"from":{"address":"","name":""},"kind":"mail","language":"fi","message_id":null,"new_text":"","references":[],"subject":"","text":""},"needs_human":true,"reply_to":null,"types":[],"verdict":"unsure"}',0);
INSERT INTO "messages" VALUES(5,'fa983cf5f376782172d8c8e02dab9b10f3eb0d560ad9bf088c1a0b0957792b65',NULL,NULL,'quarantined','not_given','2026-11-23T08:12:00.000000+00:00',NULL,'','','',NULL,'mail','fi','unsure','{"against":[],"attachment_only":false,"deadline":null,"evidence":[],"flags":[],"forwarded":null,"identity":{"address_authenticated":false,"auth":"none","level":"L0","reasons":[],"required":"L0"},"message":{"attachments":[],"date":null,"defects":["unreadable"],"from":{"address":"","name":""},"kind":"mail","language":"fi","message_id":null,"new_text":"","references":[],"subject":"","text":""},"needs_human":true,"reply_to":null,"types":[],"verdict":"unsure"}',0);
CREATE TABLE notes (
        event_seq integer primary key references events (seq),
        case_id integer not null references cases (id),
        text text
    ) strict
    ;
CREATE TABLE overrides (
        draft_id integer not null references drafts (id),
        text_hash text not null,
        reason text not null,
        person text not null check (person glob 'person:?*'),
        at text not null,
        primary key (draft_id, text_hash)
    ) strict, without rowid
    ;
CREATE TABLE pulse (
        component text primary key,
        at text not null,
        state text not null,
        detail text not null
    ) strict
    ;
CREATE TABLE raw_messages (
        message_id integer primary key references messages (id),
        raw blob not null
    ) strict
    ;
INSERT INTO "raw_messages" VALUES(1,X'46726F6D3A204D61696A61204D616C6C696B6173203C6D61696A6140706F7374692E6578616D706C653E0D0A546F3A20746965746F73756F6A61407972697479732E6578616D706C650D0A5375626A6563743A204F6D617420746965746F6E690D0A4D6573736167652D49443A203C3140706F7374692E6578616D706C653E0D0A446174653A204D6F6E2C203233204E6F7620323032362030393A30313A3030202B303230300D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D7574662D380D0A0D0A4BC3A47974C3A46E207461726B61737475736F696B65757474616E69206A612070797964C3A46E206AC3A46C6A656E6EC3B66B73656E206B61696B697374612068656E6B696CC3B6746965646F697374612C206A6F697461206D696E75737461206BC3A473697474656C657474652E0D0A');
INSERT INTO "raw_messages" VALUES(2,X'46726F6D3A204D61696A61204D616C6C696B6173203C6D61696A6140706F7374692E6578616D706C653E0D0A546F3A20746965746F73756F6A61407972697479732E6578616D706C650D0A5375626A6563743A204B6969746F730D0A4D6573736167652D49443A203C3240706F7374692E6578616D706C653E0D0A446174653A204D6F6E2C203233204E6F7620323032362030393A30323A3030202B303230300D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D7574662D380D0A0D0A4865692C206B6969746F732065696C6973657374C3A4206B6F6B6F756B7365737461212050616C61616E2061736961616E20656E7369207669696B6F6C6C612E0D0A');
INSERT INTO "raw_messages" VALUES(3,X'FF0067617262616765');
INSERT INTO "raw_messages" VALUES(4,X'');
INSERT INTO "raw_messages" VALUES(5,X'');
CREATE TABLE reminders (
        id integer primary key,
        case_id integer references cases (id),
        rung text not null,
        on_date text not null,
        claimed_at text not null,
        sent_at text
    ) strict
    ;
INSERT INTO "reminders" VALUES(1,1,'target-5','2026-12-15','2026-11-23T15:30:00.000000+00:00',NULL);
CREATE TABLE requests (
        id integer primary key,
        case_id integer not null references cases (id),
        kind text not null,
        status text not null check (status in ('open', 'decided', 'answered', 'dropped')),
        received_on text not null,
        promise_on text not null,
        backstop_on text not null,
        target_on text not null,
        extended_promise_on text,
        extended_backstop_on text,
        extended_target_on text,
        extension_reason text,
        outcome text,
        decision text, obliged integer not null default 0 check (obliged in (0, 1)),
        check ((extended_promise_on is null) = (extended_backstop_on is null)),
        check ((extended_promise_on is null) = (extended_target_on is null)),
        check ((extended_promise_on is null) = (extension_reason is null)),
        check ((status in ('decided', 'answered')) = (outcome is not null))
    ) strict
    ;
INSERT INTO "requests" VALUES(1,1,'access','open','2026-11-23','2026-12-23','2026-12-23','2026-12-23',NULL,NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE sightings (
        id integer primary key,
        message_id integer not null references messages (id),
        account text not null,
        folder text not null,
        uidvalidity integer not null,
        uid integer not null,
        unique (account, folder, uidvalidity, uid)
    ) strict
    ;
INSERT INTO "sightings" VALUES(1,1,'tietosuoja@yritys.example@imap.yritys.example','INBOX',1,1);
INSERT INTO "sightings" VALUES(2,2,'tietosuoja@yritys.example@imap.yritys.example','INBOX',1,2);
INSERT INTO "sightings" VALUES(3,3,'tietosuoja@yritys.example@imap.yritys.example','INBOX',1,3);
INSERT INTO "sightings" VALUES(4,4,'tietosuoja@yritys.example@imap.yritys.example','INBOX',1,4);
INSERT INTO "sightings" VALUES(5,5,'tietosuoja@yritys.example@imap.yritys.example','INBOX',1,5);
CREATE TABLE threads (
        message_id text not null,
        case_id integer not null references cases (id),
        primary key (message_id, case_id)
    ) strict, without rowid
    ;
INSERT INTO "threads" VALUES('<1@posti.example>',1);
INSERT INTO "threads" VALUES('<kirje-1@yritys.example>',1);
CREATE TABLE withheld (
        account text not null,
        folder text not null,
        uidvalidity integer not null,
        uid integer not null,
        tries integer not null check (tries >= 0),
        tried_at text not null,
        primary key (account, folder, uidvalidity, uid)
    ) strict, without rowid
    ;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX cases_queue on cases (promise_on, id) where status in ('candidate', 'open', 'waiting');
CREATE INDEX cases_by_status on cases (status, promise_on, id);
CREATE INDEX cases_by_subject on cases (subject_key) where subject_key is not null;
CREATE INDEX requests_by_case on requests (case_id);
CREATE TRIGGER promise_of_new_request after insert on requests begin
        update cases set promise_on = coalesce(
            (select min(coalesce(extended_promise_on, promise_on)) from requests
                where case_id = new.case_id and status in ('open', 'decided')),
            (select min(coalesce(extended_promise_on, promise_on)) from requests where case_id = new.case_id)
        ) where id = new.case_id;
    end;
CREATE TRIGGER promise_of_changed_request after update of status, extended_promise_on on requests begin
        update cases set promise_on = coalesce(
            (select min(coalesce(extended_promise_on, promise_on)) from requests
                where case_id = new.case_id and status in ('open', 'decided')),
            (select min(coalesce(extended_promise_on, promise_on)) from requests where case_id = new.case_id)
        ) where id = new.case_id;
    end;
CREATE INDEX messages_by_case on messages (case_id, received_at) where case_id is not null;
CREATE INDEX messages_by_status on messages (status, erased, received_at);
CREATE INDEX sightings_by_message on sightings (message_id);
CREATE INDEX threads_by_case on threads (case_id);
CREATE INDEX drafts_by_case on drafts (case_id);
CREATE INDEX drafts_by_status on drafts (status, not_before);
CREATE INDEX draft_requests_by_request on draft_requests (request_id);
CREATE INDEX events_by_case on events (case_id, seq) where case_id is not null;
CREATE TRIGGER events_are_not_rewritten before update on events begin
        select raise(abort, 'the journal is only appended to');
    end;
CREATE TRIGGER events_are_not_removed before delete on events begin
        select raise(abort, 'the journal is only appended to');
    end;
CREATE INDEX notes_by_case on notes (case_id);
CREATE UNIQUE INDEX reminders_once on reminders (coalesce(case_id, 0), rung, on_date);
CREATE INDEX duties_by_case on duties (case_id, due_on);
CREATE INDEX duties_due on duties (due_on, id) where status = 'open';
CREATE INDEX requests_unobliged on requests (case_id) where obliged = 0;
CREATE INDEX codes_by_case on codes (case_id);
CREATE TRIGGER nothing_leaves_before_the_identity before update of status on drafts
    when new.status = 'sending' and new.letter = 'outcome'
        and exists (select 1 from cases where id = new.case_id and identity_level < identity_required)
        and not exists (select 1 from overrides where draft_id = new.id and text_hash = new.text_hash)
        and (
            not exists (select 1 from draft_requests where draft_id = new.id)
            or exists (
                select 1 from draft_requests join requests on requests.id = request_id
                where draft_id = new.id
                    and coalesce(outcome, '') not in ('not_identified', 'art11', 'forwarded')
                    and not (kind = 'marketing_objection' and coalesce(outcome, '') = 'granted')
            )
        )
    begin
        select raise(abort, 'the person is not identified');
    end;
COMMIT;
pragma application_id = 1231962744;
